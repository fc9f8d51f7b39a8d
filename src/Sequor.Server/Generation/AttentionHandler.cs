using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Answers <c>POST /v1/attention</c>.</summary>
internal static class AttentionHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, RequestLimits limits)
    {
        AttentionRequest request = await JsonRequest.ReadAsync(context, GenerationJson.Default.AttentionRequest, limits).ConfigureAwait(false);
        RequestTexts.Check("source", [request.Source, request.Target], limits);
        RequestFacts.Note(context, [request.Source, request.Target]);
        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, null, null, context.RequestAborted).ConfigureAwait(false);
        if (!lease.Translator.HasAttention)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, $"The model '{lease.Id}' has no attention.");
        }

        GenerationJob job = new(request.Source)
        {
            Search = new GreedySearchOptions { RecordAttention = true },
            Request = new DecodingRequest { Prefix = request.Target },
            Client = Requester.Of(context),
        };
        GeneratedText output = await lease.Translator.GenerateAsync(job, context.RequestAborted).ConfigureAwait(false);
        int written = lease.Translator.TargetTokenizer.Encode(request.Target).Length;
        IReadOnlyList<float[]> rows = output.Hypotheses.Count == 0 ? [] : [.. output.Hypotheses[0].Hypothesis.Attention.Take(written)];
        return TypedResults.Json(new AttentionResponse(output.SourcePieces, [.. output.Pieces.Take(written)], [[rows]]), GenerationJson.Relaxed.AttentionResponse);
    }
}
