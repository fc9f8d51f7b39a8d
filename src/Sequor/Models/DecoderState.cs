using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>What a decoder remembers of the hypotheses that it is writing. Hypotheses are rows, R; each belongs to a source sentence.</summary>
public abstract class DecoderState : IDisposable
{
    private int[] _sentences;

    /// <summary>Makes the state of one hypothesis for each source sentence.</summary>
    /// <param name="sentences">The number of source sentences.</param>
    protected DecoderState(int sentences) => _sentences = [.. Enumerable.Range(0, sentences)];

    /// <summary>The source sentence of each hypothesis, [R].</summary>
    public ReadOnlySpan<int> Sentences => _sentences;

    /// <summary>The pieces that each hypothesis has read, its begin sign included.</summary>
    public int Length { get; private set; }

    /// <summary>Reads one more piece of every hypothesis and predicts the next.</summary>
    /// <param name="step">An open step, which owns the result.</param>
    /// <param name="lastIds">The piece each hypothesis read last, [R].</param>
    /// <param name="attention">Receives, for each hypothesis, how much it looked at each source position, the mean of its heads; empty when unwanted. The
    /// shares sum to 1, or to less where a window weighs them (Luong et al. 2015, eq. 10).
    /// Models without attention leave it as it is.</param>
    /// <returns>Logits, [R, V].</returns>
    /// <exception cref="ArgumentException">There are not as many pieces as hypotheses.</exception>
    public Tensor Step(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention = default)
    {
        if (lastIds.Length != _sentences.Length)
        {
            throw new ArgumentException($"The decoder holds {_sentences.Length} hypotheses, but {lastIds.Length} pieces were given.", nameof(lastIds));
        }

        Tensor logits = Advance(step, lastIds, attention);
        Length++;
        return logits;
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i]; hypotheses that are nobody's parent end.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now.</param>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        bool same = parents.Length == _sentences.Length;
        var sentences = new int[parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            sentences[i] = _sentences[parents[i]];
            same &= parents[i] == i;
        }

        _sentences = sentences;
        if (!same)
        {
            ReorderCaches(parents);
        }
    }

    /// <summary>Gives the memory of what is remembered back; without it the garbage collector does, later.</summary>
    public void Dispose()
    {
        ReleaseCaches();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what is remembered of the hypotheses, where that has memory of its own.</summary>
    protected virtual void ReleaseCaches()
    {
    }

    /// <summary>Does the work of <see cref="Step"/>.</summary>
    /// <param name="step">An open step, which owns the result.</param>
    /// <param name="lastIds">The piece each hypothesis read last, [R].</param>
    /// <param name="attention">Receives attention to the source; empty when unwanted.</param>
    /// <returns>Logits, [R, V].</returns>
    protected abstract Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention);

    /// <summary>Moves what is remembered of each hypothesis.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now.</param>
    protected abstract void ReorderCaches(ReadOnlySpan<int> parents);
}
