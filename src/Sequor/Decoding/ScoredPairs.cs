using Sequor.Batching;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Pairs that are to be scored, cut into pieces and into batches.</summary>
internal sealed class ScoredPairs
{
    private readonly SentenceTexts _texts;
    private readonly IReadOnlyList<string> _sources;
    private readonly IReadOnlyList<string> _targets;
    private readonly SearchOptions? _search;
    private readonly SourceText[] _read;
    private readonly int[][] _written;
    private readonly ScoredText[] _results;

    /// <summary>Cuts texts into pieces.</summary>
    /// <param name="texts">What does so.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">For each source an output.</param>
    /// <param name="search">Whose scores are wanted; null for a beam search's defaults.</param>
    /// <param name="firstNumber">The caller's number of the first pair, for faults.</param>
    /// <exception cref="ArgumentException">There are not as many outputs as sources, or one is longer than the models can write.</exception>
    internal ScoredPairs(SentenceTexts texts, IReadOnlyList<string> sources, IReadOnlyList<string> targets, SearchOptions? search, long firstNumber)
    {
        if (sources.Count != targets.Count)
        {
            throw new ArgumentException($"{sources.Count} sources were given {targets.Count} outputs; one for each is needed.", nameof(targets));
        }

        (_texts, _sources, _targets, _search) = (texts, sources, targets, search);
        _read = [.. sources.Select(texts.Prepare)];
        _written = [.. targets.Select((target, i) => texts.CutWritten(target, firstNumber + i))];
        _results = new ScoredText[sources.Count];

        // A pair is as large as its two sides.
        int[][] sizes = [.. _read.Zip(_written, (text, output) => (int[])[.. text.Ids, .. output, 0])];
        Batches = [.. InferenceBatches.Cut(sizes, texts.Options.BatchTokens, texts.Options.BatchSentences)];
    }

    /// <summary>The pairs that are scored at once.</summary>
    internal IReadOnlyList<InferenceBatch> Batches { get; }

    /// <summary>The results of all batches that were scored, each at its place.</summary>
    internal IReadOnlyList<ScoredText> Results => _results;

    /// <summary>Scores a batch.</summary>
    /// <param name="forced">What is asked.</param>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>How many pairs it had.</returns>
    internal int Score(ForcedDecoding forced, Step step, InferenceBatch batch)
    {
        IReadOnlyList<ForcedScores> scores = forced.Score(step, _texts.Pairs([.. batch.Places.Select(place => _read[place])], [.. batch.Places.Select(place => _written[place])]));
        for (int i = 0; i < batch.Places.Length; i++)
        {
            int place = batch.Places[i];
            double total = ScoredText.Sum(scores[i].TokenLogProbabilities);
            _results[place] = new ScoredText(
                place, _sources[place], _targets[place], [.. _written[place].Select(id => _texts.Target.Vocabulary[id])],
                _search is null or BeamSearchOptions ? ((BeamSearchOptions?)_search ?? new()).Score(total, _written[place].Length + 1) : total,
                total, scores[i], _read[place].WasCut);
        }

        return batch.Places.Length;
    }
}
