using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Answers <c>POST /v1/generate</c>.</summary>
internal static class GenerateHandler
{
    /// <summary>Answers a request, whole or as a stream.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="translator">Who translates.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, ITranslator translator, RequestLimits limits)
    {
        CancellationToken stop = context.RequestAborted;
        GenerateRequest request = await JsonRequest.ReadAsync(context, GenerationJson.Default.GenerateRequest, limits).ConfigureAwait(false);
        RequestTexts.Check("input", request.Input.All, limits);
        RequestFacts.Note(context, request.Input.All);
        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, request.SourceLanguage, request.TargetLanguage, stop).ConfigureAwait(false);
        TranslationOptions asked = GenerationPlan.For(request, lease, limits, Requester.Of(context));
        try
        {
            if (request.Stream)
            {
                await StreamAsync(context, translator.StreamAsync(request.Input.All[0], asked, stop), whole => AnswerAsync(request, lease, models, [whole], stop)).ConfigureAwait(false);
                return TypedResults.Empty;
            }

            IReadOnlyList<PassageTranslation> passages = await translator.TranslateAsync(request.Input.All, asked, stop).ConfigureAwait(false);
            return TypedResults.Json(await AnswerAsync(request, lease, models, passages, stop).ConfigureAwait(false), GenerationJson.Relaxed.GenerateResponse);
        }
        catch (ArgumentException fault) when (ArgumentFault.IsOfRequest(fault))
        {
            throw ArgumentFault.Told(fault);
        }
    }

    // Between the choice of a model and its work another version may have come in its place: pieces must be told by whoever wrote them.
    private static async Task<GenerateResponse> AnswerAsync(
        GenerateRequest request, ModelLease chosen, ModelRegistry models, IReadOnlyList<PassageTranslation> passages, CancellationToken stop)
    {
        string version = passages[0].ModelVersion;
        if (version == chosen.Version)
        {
            return Answer(request, chosen, passages);
        }

        using ModelLease newer = await models.AcquireAsync(chosen.Id, stop).ConfigureAwait(false);
        return version == newer.Version
            ? Answer(request, newer, passages)
            : throw new RequestFaultException(StatusCodes.Status503ServiceUnavailable, $"The model '{chosen.Id}' was replaced while it worked. Ask again.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
    }

    private static GenerateResponse Answer(GenerateRequest request, ModelLease lease, IReadOnlyList<PassageTranslation> passages)
    {
        OutputOf output = new(request, lease.Translator.TargetTokenizer);
        IEnumerable<SentenceTranslation> sentences = passages.SelectMany(passage => passage.Sentences);
        TokenUsage usage = new(sentences.Sum(one => one.Output.SourceLength), sentences.Sum(one => one.Output.Pieces.Count));
        return new GenerateResponse(lease.Id, [.. passages.Select(output.Passage)], usage);
    }

    // Until the first part is certain nothing is sent, so that a request that cannot be answered is told so by its status.
    private static async Task StreamAsync(HttpContext context, IAsyncEnumerable<TranslationPart> parts, Func<PassageTranslation, Task<GenerateResponse>> answer)
    {
        EventStream events = new(context);
        try
        {
            await foreach (TranslationPart part in parts.ConfigureAwait(false))
            {
                await (part.Whole is { } whole
                    ? events.SendAsync("done", await answer(whole).ConfigureAwait(false), GenerationJson.Relaxed.GenerateResponse)
                    : events.SendAsync("part", new StreamedPart(part.Text), GenerationJson.Relaxed.StreamedPart)).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            string sentence = FaultHandling.Tell(context, fault).Sentence;
            await events.SendAsync("error", new ErrorBody(sentence), GenerationJson.Relaxed.ErrorBody).ConfigureAwait(false);
        }
    }
}
