using System.Buffers;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>Where each sentence begins when a batch's sentences are laid end to end without padding: row r of sentence i is Starts[i] + r.</summary>
public sealed class SequenceLayout
{
    private int[] _lengths = [];
    private int _generation;
    private Storage<int> _starts;
    private Storage<int> _lengthsOnDevice;
    private Storage<int> _positions;
    private Storage<uint> _rowKeys;
    private long[]? _numbers;
    private int _firstPosition;

    /// <summary>A layout without rows.</summary>
    internal SequenceLayout(Step step) => Step = step;

    /// <summary>The number of sentences, B.</summary>
    public int Count { get; private set; }

    /// <summary>The number of rows of all sentences together, N.</summary>
    public int Rows { get; private set; }

    /// <summary>The rows of each sentence, [B].</summary>
    /// <exception cref="ObjectDisposedException">The step has ended.</exception>
    public ReadOnlySpan<int> Lengths
    {
        get
        {
            Step.CheckAlive(_generation);
            return _lengths.AsSpan(0, Count);
        }
    }

    /// <summary>Query rows that each read one of these sentences.</summary>
    /// <param name="sentences">The sentence of each query row, 0 to <see cref="Count"/> - 1, in any order and as often as needed, [R].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not that of a sentence.</exception>
    public SourceReaders Readers(ReadOnlySpan<int> sentences) => SourceReaders.Create(this, sentences);

    /// <summary>The step that these rows belong to.</summary>
    public Step Step { get; }

    /// <summary>The greatest position of any row, plus 1; 0 without rows.</summary>
    internal int PositionsUsed { get; private set; }

    /// <summary>The first row of each sentence, [B].</summary>
    internal Storage<int> StartStorage => Alive(_starts);

    /// <summary>The rows of each sentence, [B].</summary>
    internal Storage<int> LengthStorage => Alive(_lengthsOnDevice);

    /// <summary>The position of each row in its sentence, [N].</summary>
    internal Storage<int> Positions => Alive(_positions);

    /// <summary>The random key of each row, from the sentence's number and the position, [N].</summary>
    internal Storage<uint> RowKeys => Alive(_rowKeys);

    internal static SequenceLayout Create(Step step, ReadOnlySpan<int> lengths, ReadOnlySpan<long> numbers, int firstPosition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstPosition);
        if (!numbers.IsEmpty && numbers.Length != lengths.Length)
        {
            throw new ArgumentException($"A layout of {lengths.Length} sentences was given {numbers.Length} numbers; one for each is needed.", nameof(numbers));
        }

        int rows = 0;
        int longest = 0;
        foreach (int length in lengths)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length, nameof(lengths));
            rows = checked(rows + length);
            longest = Math.Max(longest, length);
        }

        int[] starts = ArrayPool<int>.Shared.Rent(lengths.Length);
        int[] positions = ArrayPool<int>.Shared.Rent(rows);
        uint[] keys = ArrayPool<uint>.Shared.Rent(rows);
        int row = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            starts[i] = row;
            for (int position = firstPosition; position < firstPosition + lengths[i]; position++, row++)
            {
                positions[row] = position;
                keys[row] = RandomKeys.Row(numbers.IsEmpty ? i : numbers[i], position);
            }
        }

        SequenceLayout layout = step.Lent.Layout(step);
        layout._numbers = numbers.IsEmpty ? null : step.Lent.Copy(numbers);
        layout._firstPosition = firstPosition;
        layout.PositionsUsed = rows == 0 ? 0 : firstPosition + longest;
        layout.Fill(lengths, starts.AsSpan(0, lengths.Length), positions.AsSpan(0, rows), keys.AsSpan(0, rows));
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<int>.Shared.Return(positions);
        ArrayPool<uint>.Shared.Return(keys);
        return layout;
    }

    /// <summary>Sentences of one row each, at positions of their own.</summary>
    internal static SequenceLayout CreateOfRows(Step step, ReadOnlySpan<int> positions)
    {
        SequenceLayout layout = step.Lent.Layout(step);
        layout.BecomeRows(positions);
        return layout;
    }

    private void BecomeRows(ReadOnlySpan<int> positions)
    {
        int count = positions.Length;
        int[] rented = ArrayPool<int>.Shared.Rent(2 * count);
        uint[] keys = ArrayPool<uint>.Shared.Rent(count);
        Span<int> starts = rented.AsSpan(0, count);
        Span<int> ones = rented.AsSpan(count, count);
        ones.Fill(1);
        int used = 0;
        for (int i = 0; i < count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(positions[i], nameof(positions));
            starts[i] = i;
            keys[i] = RandomKeys.Row(i, positions[i]);
            used = Math.Max(used, positions[i] + 1);
        }

        Fill(ones, starts, positions, keys.AsSpan(0, count));
        (PositionsUsed, _numbers, _firstPosition) = (used, null, 0);
        ArrayPool<int>.Shared.Return(rented);
        ArrayPool<uint>.Shared.Return(keys);
    }

    private void Fill(ReadOnlySpan<int> lengths, ReadOnlySpan<int> starts, ReadOnlySpan<int> positions, ReadOnlySpan<uint> keys)
    {
        (_generation, Count, Rows) = (Step.Generation, lengths.Length, positions.Length);
        _lengths = Step.Lent.Copy(lengths);
        (_starts, _lengthsOnDevice) = (Step.Upload(starts), Step.Upload(lengths));
        (_positions, _rowKeys) = (Step.Upload(positions), Step.Upload(keys));
    }

    /// <summary>The same rows in the order in which a recurrent layer reads them: every sentence's first row, then every second row, and so on.</summary>
    /// <param name="reversed">Whether each sentence is read from its own last row to its first.</param>
    public TimeLayout InTime(bool reversed = false) => TimeLayout.Create(this, reversed);

    /// <summary>The random key of a row of a sentence: the one in <see cref="RowKeys"/>.</summary>
    internal uint KeyOf(int sentence, int row) => RandomKeys.Row(NumberOf(sentence), _firstPosition + row);

    /// <summary>The number of a sentence in its corpus.</summary>
    internal long NumberOf(int sentence) => _numbers is null ? sentence : _numbers[sentence];

    /// <summary>The layout's memory is the step's: it must not be read after the step.</summary>
    private Storage<T> Alive<T>(Storage<T> storage)
        where T : unmanaged
    {
        Step.CheckAlive(_generation);
        return storage;
    }
}
