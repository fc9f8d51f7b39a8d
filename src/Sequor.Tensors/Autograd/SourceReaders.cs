using System.Buffers;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Autograd;

/// <summary>
/// Query rows that each read one source sentence: the active sentences at one time step, the hypotheses of a beam (several read the same sentence),
/// or all rows of a batch of target sentences. Scores and weights of attention are [R, L]; a row counts over its own sentence's length and is 0 behind it.
/// </summary>
public sealed class SourceReaders
{
    private SourcePlan _plan;
    private int[] _sentences = [];
    private int _generation;
    private SequenceLayout? _source;

    /// <summary>Readers of nothing yet.</summary>
    internal SourceReaders()
    {
    }

    /// <summary>The source sentences.</summary>
    public SequenceLayout Source => _source!;

    /// <summary>The number of query rows, R.</summary>
    public int Count => _plan.Rows;

    /// <summary>Columns of a matrix of scores, L: the length of the longest source sentence, whether it is read or not.</summary>
    public int Columns => _plan.Stride;

    /// <summary>The source sentence of each query row, [R].</summary>
    /// <exception cref="ObjectDisposedException">The step has ended.</exception>
    public ReadOnlySpan<int> Sentences
    {
        get
        {
            Source.Step.CheckAlive(_generation);
            return _sentences.AsSpan(0, Count);
        }
    }

    /// <summary>The length of each query row's source sentence as numbers to multiply by.</summary>
    /// <returns>[R, 1]</returns>
    public Tensor LengthsOfSources()
    {
        float[] lengths = ArrayPool<float>.Shared.Rent(Count);
        for (int row = 0; row < Count; row++)
        {
            lengths[row] = LengthOfSource(row);
        }

        Tensor result = Source.Step.From(lengths.AsSpan(0, Count), [Count, 1]);
        ArrayPool<float>.Shared.Return(lengths);
        return result;
    }

    internal int LengthOfSource(int row) => Source.Lengths[Sentences[row]];

    /// <summary>The plan for matrices with so many rows of scores for each query row.</summary>
    internal SourcePlan Plan(int heads)
    {
        Source.Step.CheckAlive(_generation);
        return _plan with { Heads = heads };
    }

    internal static SourceReaders Create(SequenceLayout source, ReadOnlySpan<int> sentences)
    {
        int[] rented = ArrayPool<int>.Shared.Rent((3 * sentences.Length) + (3 * source.Count) + 2);
        Span<int> starts = rented.AsSpan(0, sentences.Length);
        Span<int> lengths = rented.AsSpan(sentences.Length, sentences.Length);
        Span<int> order = rented.AsSpan(2 * sentences.Length, sentences.Length);
        Span<int> firsts = rented.AsSpan(3 * sentences.Length, source.Count);
        Span<int> groups = rented.AsSpan((3 * sentences.Length) + source.Count, source.Count + 1);
        int longest = Firsts(source, firsts);
        long positions = 0;
        for (int row = 0; row < sentences.Length; row++)
        {
            Check(sentences, row, source.Count);
            starts[row] = firsts[sentences[row]];
            lengths[row] = source.Lengths[sentences[row]];
            positions += lengths[row];
        }

        int count = Sort(sentences, source.Count, groups, order);
        var plan = new SourcePlan(
            sentences.Length, 1, longest, positions, source.Step.Upload<int>(starts), source.Step.Upload<int>(lengths),
            count, source.Step.Upload<int>(groups[..(count + 1)]), source.Step.Upload<int>(order));
        ArrayPool<int>.Shared.Return(rented);
        SourceReaders readers = source.Step.Lent.Readers();
        (readers._source, readers._sentences, readers._plan) = (source, source.Step.Lent.Copy(sentences), plan);
        readers._generation = source.Step.Generation;
        return readers;
    }

    private static int Firsts(SequenceLayout source, Span<int> firsts)
    {
        int first = 0;
        int longest = 0;
        for (int i = 0; i < firsts.Length; i++)
        {
            firsts[i] = first;
            first += source.Lengths[i];
            longest = Math.Max(longest, source.Lengths[i]);
        }

        return longest;
    }

    /// <summary>Sorts rows by sentence, in rising order within each, and leaves out the sentences that nobody reads.</summary>
    private static int Sort(ReadOnlySpan<int> sentences, int count, Span<int> groups, Span<int> order)
    {
        groups.Clear();
        foreach (int sentence in sentences)
        {
            groups[sentence + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            groups[i + 1] += groups[i];
        }

        for (int row = 0; row < sentences.Length; row++)
        {
            order[groups[sentences[row]]++] = row;
        }

        // Each entry now is its group's end: what is left is to close the gaps.
        int kept = 0;
        int end = 0;
        for (int i = 0; i < count; i++)
        {
            int next = groups[i];
            if (next > end)
            {
                groups[kept++] = end;
                end = next;
            }
        }

        groups[kept] = end;
        return kept;
    }

    private static void Check(ReadOnlySpan<int> sentences, int row, int count)
    {
        if ((uint)sentences[row] >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sentences), sentences[row], $"Query row {row} reads source sentence {sentences[row]}, but there are {count} of them, counted from 0.");
        }
    }
}
