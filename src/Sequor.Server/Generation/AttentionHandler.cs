using System.Globalization;
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
        RequestTexts.Check("source", [request.Source], limits);
        RequestTexts.Check("target", [request.Target], limits);
        RequestFacts.Note(context, [request.Source, request.Target]);
        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, null, null, context.RequestAborted).ConfigureAwait(false);
        if (!lease.Translator.HasAttention)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, $"The model '{lease.Id}' has no attention: it cannot tell what it looked at.");
        }

        ThrowIfTooMany(request, lease);
        AttentionMaps maps = await ArgumentFault.WatchAsync(
            () => lease.Translator.AttentionAsync(request.Source, request.Target, Requester.Of(context), context.RequestAborted)).ConfigureAwait(false);
        return TypedResults.Json(new AttentionResponse(maps.SourcePieces, maps.TargetPieces, maps.SourceWasCut, maps.Layers), GenerationJson.Relaxed.AttentionResponse);
    }

    // Every layer and head has a weight for each pair of pieces, and each weight some ten characters in the answer.
    private static void ThrowIfTooMany(AttentionRequest request, ModelLease lease)
    {
        Configuration.ModelConfiguration model = lease.Translator.Configuration.Model;
        long mostPairs = OutputOf.MostWeights / (model.DecoderLayers * (long)model.Heads);
        (int sources, int targets) = (lease.Translator.SourceTokenizer.Encode(request.Source).Length, lease.Translator.TargetTokenizer.Encode(request.Target).Length);
        if ((long)sources * targets > mostPairs)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'source' has {sources:N0} pieces and 'target' {targets:N0}; this server tells this model's attention of {mostPairs:N0} pairs of pieces. Ask for one sentence at a time."));
        }
    }
}
