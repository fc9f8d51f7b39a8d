using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Answers <c>POST /v1/score</c>.</summary>
internal static class ScoreHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, RequestLimits limits)
    {
        ScoreRequest request = await JsonRequest.ReadAsync(context, GenerationJson.Default.ScoreRequest, limits).ConfigureAwait(false);
        string[] sources = [.. request.Pairs.Select(pair => pair.Source)];
        string[] targets = [.. request.Pairs.Select(pair => pair.Target)];
        RequestTexts.Check("pairs", sources, limits);
        RequestTexts.Check("pairs", targets, limits);
        RequestFacts.Note(context, [.. sources, .. targets]);
        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, null, null, context.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<ScoredText> scored = await ArgumentFault.WatchAsync(
            () => lease.Translator.ScoreAsync(sources, targets, client: Requester.Of(context), cancellation: context.RequestAborted)).ConfigureAwait(false);
        return TypedResults.Json(new ScoreResponse([.. scored.Select(Told)]), GenerationJson.Relaxed.ScoreResponse);
    }

    private static OutputScore Told(ScoredText text) => new(
        text.Score, text.LogProbability, [.. text.Pieces.Select((piece, i) => new ScoredToken(piece, text.Scores.TokenLogProbabilities[i]))], text.SourceWasCut);
}
