using System.Globalization;
using Sequor.Batching;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>Text in, scores out: asks models what given outputs are worth (force-decoding). One thread at a time may use it.</summary>
public sealed class Rescorer : IDisposable
{
    private readonly Ensemble _ensemble;
    private readonly ForcedDecoding _forced;
    private readonly Tokenizer _source;
    private readonly Tokenizer _target;
    private readonly GeneratorOptions _options;
    private readonly TextPreparation _preparation;
    private readonly Step _step;

    /// <summary>Puts a rescorer together.</summary>
    /// <param name="ensemble">What predicts; its parts stay their owners'. A shortlist is passed over: outputs that others wrote may hold any piece.</param>
    /// <param name="source">Cuts sources.</param>
    /// <param name="target">Cuts outputs.</param>
    /// <param name="options">Settings; defaults when left out.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, or the ensemble's parts do not fit together.</exception>
    public Rescorer(Ensemble ensemble, Tokenizer source, Tokenizer target, GeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        _forced = new ForcedDecoding(ensemble);
        (_ensemble, _source, _target, _options) = (ensemble, source, target, options ?? new GeneratorOptions());
        if (_options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _preparation = new TextPreparation(source, _options, ensemble.LongestSequence);
        _step = new Step(ensemble.Models[0].Parameters.Device);
    }

    /// <summary>Scores outputs; each score is the same whatever the others are, and has the bits of a search that writes the same pieces and ends.</summary>
    /// <param name="sources">The sources, one line each.</param>
    /// <param name="targets">For each source an output.</param>
    /// <param name="search">Whose scores are wanted: a beam search normalises by the length. Coverage is not counted. Null for a beam search's defaults.</param>
    /// <param name="firstNumber">The caller's number of the first pair, from 0, for faults.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <returns>As many results as pairs, in their order.</returns>
    /// <exception cref="ArgumentException">There are not as many outputs as sources, or one is longer than the models can write.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IReadOnlyList<ScoredText> Score(
        IReadOnlyList<string> sources, IReadOnlyList<string> targets, SearchOptions? search = null, long firstNumber = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(targets);
        if (sources.Count != targets.Count)
        {
            throw new ArgumentException($"{sources.Count} sources were given {targets.Count} outputs; one for each is needed.", nameof(targets));
        }

        SourceText[] texts = [.. sources.Select(_preparation.Prepare)];
        int[][] outputs = [.. targets.Select((target, i) => Cut(target, firstNumber + i))];

        // A pair is as large as its two sides.
        int[][] sizes = [.. texts.Zip(outputs, (text, output) => (int[])[.. text.Ids, .. output, 0])];
        var results = new ScoredText[sources.Count];
        foreach (InferenceBatch batch in InferenceBatches.Cut(sizes, _options.BatchTokens, _options.BatchSentences))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<ForcedScores> scores = _forced.Score(_step, Pairs(batch.Places, texts, outputs));
            for (int i = 0; i < batch.Places.Length; i++)
            {
                int place = batch.Places[i];
                double total = ScoredText.Sum(scores[i].TokenLogProbabilities);
                results[place] = new ScoredText(
                    place, sources[place], targets[place], [.. outputs[place].Select(id => _target.Vocabulary[id])],
                    search is null or BeamSearchOptions ? ((BeamSearchOptions?)search ?? new()).Score(total, outputs[place].Length + 1) : total,
                    total, scores[i], texts[place].WasCut);
            }
        }

        return results;
    }

    /// <summary>Gives the session's memory back; the models stay.</summary>
    public void Dispose() => _step.Dispose();

    private int[] Cut(string target, long number)
    {
        int[] ids = _target.Encode(_preparation.Normalize(target));
        return ids.Length < _ensemble.LongestSequence ? ids : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"The output of line {number + 1} has {ids.Length} pieces, but the models can write {_ensemble.LongestSequence - 1}: its score would be that of another. Shorten it or leave it out."));
    }

    private TrainingBatch Pairs(int[] places, SourceText[] texts, int[][] outputs)
    {
        (int begin, int end) = (_target.Vocabulary.BeginId, _target.Vocabulary.EndId);
        return new TrainingBatch(
            SequenceBatch.From([.. places.Select(place => (int[])[.. texts[place].Ids, _source.Vocabulary.EndId])]),
            SequenceBatch.From([.. places.Select(place => (int[])[begin, .. outputs[place]])]),
            [.. places.SelectMany(place => (int[])[.. outputs[place], end])]);
    }
}
