using System.Runtime.ExceptionServices;
using Sequor.Decoding;

namespace Sequor.Extensions.Translation;

/// <summary>Sends sentences to a model, so many at a time, and looks in the cache before.</summary>
/// <param name="lease">The model.</param>
/// <param name="cache">Outputs of before; null for none.</param>
/// <param name="atOnce">Sentences sent at a time, 1 or more: a long passage must neither fill the queue nor be refused because it would.</param>
internal sealed class SentenceDecoding(ModelLease lease, TranslationCache? cache, int atOnce)
{
    /// <summary>Decodes sentences; the first fault ends the others.</summary>
    /// <param name="jobs">The sentences, in the order in which they are begun.</param>
    /// <param name="finished">Told of each that is finished by its place, on any thread; null for nobody.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    internal async Task<GeneratedText[]> RunAsync(IReadOnlyList<GenerationJob> jobs, Action<int>? finished, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var outputs = new GeneratedText[jobs.Count];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? firstFault = null;
        int next = -1;
        async Task WorkAsync()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < jobs.Count; i = Interlocked.Increment(ref next))
                {
                    outputs[i] = await OutputAsync(jobs[i], stop.Token).ConfigureAwait(false);
                    finished?.Invoke(i);
                }
            }
            catch (Exception fault)
            {
                Interlocked.CompareExchange(ref firstFault, ExceptionDispatchInfo.Capture(fault), null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, jobs.Count)).Select(_ => WorkAsync())).ConfigureAwait(false);
        if (firstFault is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            firstFault.Throw();
        }

        return outputs;
    }

    /// <summary>Decodes sentences one after another until so many pieces are written.</summary>
    /// <param name="jobs">The sentences.</param>
    /// <param name="pieces">The pieces, 1 or more.</param>
    /// <param name="finished">Told of each that is finished by its place; null for nobody.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>The outputs of the sentences that were begun.</returns>
    internal async Task<GeneratedText[]> RunWithinAsync(IReadOnlyList<GenerationJob> jobs, int pieces, Action<int>? finished, CancellationToken cancellation)
    {
        List<GeneratedText> outputs = [];
        for (int i = 0; i < jobs.Count && pieces > 0; i++)
        {
            SearchOptions search = SearchOf(jobs[i]);
            LengthLimits length = search.Length with { Maximum = Math.Min(search.Length.Maximum ?? int.MaxValue, pieces), Minimum = Math.Min(search.Length.Minimum, pieces) };
            outputs.Add(await OutputAsync(jobs[i] with { Search = search with { Length = length } }, cancellation).ConfigureAwait(false));
            pieces -= outputs[i].Pieces.Count;
            finished?.Invoke(i);
        }

        return [.. outputs];
    }

    // What grows in parts is one output, however many the model's configuration asks for.
    private SearchOptions SearchOf(GenerationJob job) =>
        job.Search ?? (job.Part is null ? lease.Translator.DefaultSearch : lease.Translator.DefaultSearch with { NBest = 1 });

    private async Task<GeneratedText> OutputAsync(GenerationJob job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        job = job with { Search = SearchOf(job) };
        SentenceKey? key = cache is null ? null : SentenceKey.Of(lease, job, job.Search);
        if (key is { } known && cache!.TryGet(known, out GeneratedText? kept))
        {
            job.Part?.Invoke(kept!.Text);
            return kept!;
        }

        GeneratedText output = await lease.Translator.GenerateAsync(job, cancellation).ConfigureAwait(false);
        if (key is { } missing)
        {
            cache!.Add(missing, output);
        }

        return output;
    }
}
