using Sequor.Batching;

namespace Sequor.Decoding.Predictors;

/// <summary>
/// What searches ask about the next piece: one model, several together, or a model with something beside it. Hypotheses are rows, R, as in a decoder's state;
/// sentences may join and leave at any step.
/// </summary>
internal abstract class Predictor : IDisposable
{
    /// <summary>Pieces of the vocabulary, V.</summary>
    internal abstract int VocabularySize { get; }

    /// <summary>The longest sentence that can be read or written, in pieces.</summary>
    internal abstract int LongestSequence { get; }

    /// <summary>The number of rows, R.</summary>
    internal abstract int Rows { get; }

    /// <summary>Lets sentences join, each with one row that has read nothing yet, behind the rows that are there.</summary>
    /// <param name="source">The sentences, each with its end sign.</param>
    /// <param name="wanted">For each sentence the pieces that its caller may make its output hold, however improbable they are; null where they may be any.</param>
    internal abstract void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted);

    /// <summary>Reads one more piece in every row and predicts the next.</summary>
    /// <param name="lastIds">The piece each row reads, [R].</param>
    /// <param name="needs">What will be asked of the prediction.</param>
    internal abstract void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs);

    /// <summary>The most probable next pieces of a row, best first; of equals, the lowest id first.</summary>
    internal abstract BestPieces Best(int row);

    /// <summary>The log-probabilities of one row, [V], where rows were asked for; free to be changed until the next step.</summary>
    internal abstract Span<float> Row(int row);

    /// <summary>How much a row looked at each source position in the last step; null where it was not asked for or the model has no attention.</summary>
    internal abstract float[]? Attention(int row);

    /// <summary>Makes row i continue what was row parents[i].</summary>
    internal abstract void Reorder(ReadOnlySpan<int> parents);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>Changes the logits of a row before they become probabilities.</summary>
/// <param name="row">The row.</param>
/// <param name="logits">[V]</param>
internal delegate void LogitEdit(int row, Span<float> logits);

/// <summary>The best pieces of a row, best first.</summary>
/// <param name="ids">The pieces, [k].</param>
/// <param name="logProbabilities">Their log-probabilities, [k].</param>
internal readonly ref struct BestPieces(ReadOnlySpan<int> ids, ReadOnlySpan<float> logProbabilities)
{
    internal ReadOnlySpan<int> Ids { get; } = ids;

    internal ReadOnlySpan<float> LogProbabilities { get; } = logProbabilities;
}
