using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Requests;
using Sequor.Text;

namespace Sequor.Server.Generation;

/// <summary>Answers <c>POST /v1/generate</c>.</summary>
internal static class GenerateHandler
{
    /// <summary>Answers a request, whole or as a stream.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, RequestLimits limits)
    {
        CancellationToken stop = context.RequestAborted;
        GenerateRequest request = await JsonRequest.ReadAsync(context, GenerationJson.Default.GenerateRequest, limits).ConfigureAwait(false);
        RequestTexts.Check("input", request.Input.All, limits);
        using ModelLease lease = await ModelChoice.AcquireAsync(models, request.Model, request.SourceLanguage, request.TargetLanguage, stop).ConfigureAwait(false);
        GenerationPlan plan = GenerationPlan.For(request, lease, limits, Requester.Of(context));
        List<PassageGeneration> passages = Start(plan, stop);
        try
        {
            if (!request.Stream)
            {
                return TypedResults.Json(await WholeAsync(plan, passages).ConfigureAwait(false), GenerationJson.Relaxed.GenerateResponse);
            }

            await StreamAsync(context, plan, passages[0]).ConfigureAwait(false);
            return TypedResults.Empty;
        }
        finally
        {
            passages.ForEach(static passage => passage.Dispose());
        }
    }

    private static List<PassageGeneration> Start(GenerationPlan plan, CancellationToken stop)
    {
        List<PassageGeneration> passages = [];
        long number = 0;
        foreach (string text in plan.Request.Input.All)
        {
            PassageGeneration passage = PassageGeneration.Start(plan, text, number, plan.Request.Stream, stop);
            number += passage.Sentences;
            passages.Add(passage);
        }

        return passages;
    }

    private static async Task<GenerateResponse> WholeAsync(GenerationPlan plan, List<PassageGeneration> passages)
    {
        Tokenizer source = plan.Lease.Translator.SourceTokenizer;
        OutputOf output = new(plan.Request, plan.Lease.Translator.TargetTokenizer);
        List<GeneratedOutput> outputs = [];
        (int read, int written) = (0, 0);
        foreach (PassageGeneration passage in passages)
        {
            GeneratedPassage done = await passage.ResultAsync().ConfigureAwait(false);
            read += done.Outputs.Sum(one => source.Encode(one.Source).Length);
            written += done.Outputs.Sum(one => one.Pieces.Count);
            outputs.Add(output.Passage(done, outputs.Count));
        }

        return new GenerateResponse(plan.Lease.Id, outputs, new TokenUsage(read, written));
    }

    // Until the first part is certain nothing is sent, so that a request that cannot be answered is told so by its status.
    private static async Task StreamAsync(HttpContext context, GenerationPlan plan, PassageGeneration passage)
    {
        EventStream events = new(context);
        try
        {
            await foreach (string part in passage.PartsAsync(context.RequestAborted).ConfigureAwait(false))
            {
                await events.SendAsync("part", new StreamedPart(part), GenerationJson.Relaxed.StreamedPart).ConfigureAwait(false);
            }

            await events.SendAsync("done", await WholeAsync(plan, [passage]).ConfigureAwait(false), GenerationJson.Relaxed.GenerateResponse).ConfigureAwait(false);
        }
        catch (Exception fault) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            string sentence = FaultHandling.Tell(context, fault).Sentence;
            await events.SendAsync("error", new ErrorBody(sentence), GenerationJson.Relaxed.ErrorBody).ConfigureAwait(false);
        }
    }
}
