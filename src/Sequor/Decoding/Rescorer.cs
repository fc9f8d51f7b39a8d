using Sequor.Batching;
using Sequor.Tensors.Autograd;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>Text in, scores out: asks models what given outputs are worth (force-decoding). One thread at a time may use it.</summary>
public sealed class Rescorer : IDisposable
{
    private readonly ForcedDecoding _forced;
    private readonly SentenceTexts _texts;
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
        _texts = new SentenceTexts(ensemble, source, target, options ?? new GeneratorOptions());
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
        var pairs = new ScoredPairs(_texts, sources, targets, search, firstNumber);
        foreach (InferenceBatch batch in pairs.Batches)
        {
            cancellation.ThrowIfCancellationRequested();
            pairs.Score(_forced, _step, batch);
        }

        return pairs.Results;
    }

    /// <summary>Gives the session's memory back; the models stay.</summary>
    public void Dispose() => _step.Dispose();
}
