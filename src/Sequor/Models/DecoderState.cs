using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>
/// What a decoder remembers of the hypotheses that it is writing. Hypotheses are rows, R; each belongs to a source sentence and has a length of its own, so
/// that sentences may join while others are half written, and leave as soon as they are finished.
/// </summary>
public abstract class DecoderState : IDisposable
{
    private int[] _sentences = [];
    private int[] _lengths = [];
    private int[] _spare = [];

    /// <summary>The number of hypotheses, R.</summary>
    public int Count { get; private set; }

    /// <summary>The sentences that have joined so far: the next ones are numbered from here.</summary>
    public int SentencesJoined { get; private set; }

    /// <summary>The source sentence of each hypothesis, [R]; sentences are numbered from 0 in the order in which they joined.</summary>
    public ReadOnlySpan<int> Sentences => _sentences.AsSpan(0, Count);

    /// <summary>The pieces that each hypothesis has read, its begin sign included, [R].</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Lets source sentences join, each with one hypothesis that has read nothing yet, behind those that are there. What is needed of the memory is
    /// kept; the step may end.</summary>
    /// <param name="memory">The source sentences, of a step that is open.</param>
    public void Add(EncodedSource memory)
    {
        int joining = memory.Layout.Count;
        Join(memory);
        Reserve(Count + joining);
        for (int i = 0; i < joining; i++)
        {
            _sentences[Count + i] = SentencesJoined + i;
            _lengths[Count + i] = 0;
        }

        Count += joining;
        SentencesJoined += joining;
    }

    /// <summary>Reads one more piece of every hypothesis.</summary>
    /// <param name="step">An open step, which owns the result.</param>
    /// <param name="lastIds">The piece each hypothesis read last, [R].</param>
    /// <param name="attention">Receives, for each hypothesis, how much it looked at each source position, the mean of its heads; what holds
    /// something already is left as it is; empty when unwanted. The shares sum to 1, or to less where a window weighs them (Luong et al. 2015, eq. 10). Models without attention leave it as it is.</param>
    /// <returns>What the model knows about the next piece, [R, D]; <see cref="EncoderDecoder.Project"/> turns it into logits.</returns>
    /// <exception cref="ArgumentException">There are not as many pieces as hypotheses.</exception>
    public Tensor Step(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention = default)
    {
        if (lastIds.Length != Count)
        {
            throw new ArgumentException($"The decoder holds {Count} hypotheses, but {lastIds.Length} pieces were given.", nameof(lastIds));
        }

        Tensor states = Advance(step, lastIds, attention);
        foreach (ref int length in _lengths.AsSpan(0, Count))
        {
            length++;
        }

        return states;
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i]; hypotheses that are nobody's parent end, and with the last of them their sentence.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now.</param>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        bool same = parents.Length == Count;
        for (int i = 0; same && i < parents.Length; i++)
        {
            same = parents[i] == i;
        }

        if (same)
        {
            return;
        }

        ReorderCaches(parents);
        Reserve(parents.Length);
        Move(parents, _sentences);
        Move(parents, _lengths);
        Count = parents.Length;
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

    /// <summary>Takes over what is needed of sentences that join; called before they are counted.</summary>
    /// <param name="memory">The source sentences.</param>
    protected abstract void Join(EncodedSource memory);

    /// <summary>Does the work of <see cref="Step"/>; <see cref="Lengths"/> are those before the step.</summary>
    /// <param name="step">An open step, which owns the result.</param>
    /// <param name="lastIds">The piece each hypothesis read last, [R].</param>
    /// <param name="attention">Receives attention to the source; empty when unwanted.</param>
    /// <returns>[R, D]</returns>
    protected abstract Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention);

    /// <summary>Moves what is remembered of each hypothesis; <see cref="Sentences"/> are still those before.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now.</param>
    protected abstract void ReorderCaches(ReadOnlySpan<int> parents);

    private void Reserve(int rows)
    {
        if (rows > _sentences.Length)
        {
            int capacity = Math.Max(rows, 2 * _sentences.Length);
            Array.Resize(ref _sentences, capacity);
            Array.Resize(ref _lengths, capacity);
            _spare = new int[capacity];
        }
    }

    private void Move(ReadOnlySpan<int> parents, int[] values)
    {
        for (int i = 0; i < parents.Length; i++)
        {
            _spare[i] = values[parents[i]];
        }

        _spare.AsSpan(0, parents.Length).CopyTo(values);
    }
}
