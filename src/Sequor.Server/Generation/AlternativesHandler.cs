using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Answers <c>POST /v1/alternatives</c>.</summary>
internal static class AlternativesHandler
{
    private const int Usual = 5;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, RequestLimits limits)
    {
        AlternativesRequest request = await JsonRequest.ReadAsync(context, GenerationJson.Default.AlternativesRequest, limits).ConfigureAwait(false);
        RequestTexts.Check("input", [request.Input], limits);
        RequestTexts.Check("prefix", [request.Prefix ?? ""], limits);
        RequestFacts.Note(context, [request.Input, request.Prefix ?? ""]);
        int count = request.Count ?? Usual;
        if (count < 1 || count > limits.Beam)
        {
            throw new RequestFaultException(
                StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture, $"'count' is {count}; this server takes 1 to {limits.Beam}."));
        }

        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, null, null, context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<Alternative> found = await ArgumentFault.WatchAsync(
            () => lease.Translator.AlternativesAsync(request.Input, request.Prefix ?? "", count, null, Requester.Of(context), context.RequestAborted)).ConfigureAwait(false);
        return TypedResults.Json(new AlternativesResponse([.. found.Select(Told)]), GenerationJson.Relaxed.AlternativesResponse);
    }

    private static OutputAlternative Told(Alternative one) => new(one.Word, Math.Log(one.Probability), one.Output.Text, one.Output.Hypothesis.Score);
}
