using System.Buffers;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>
/// A batch's rows in the order of time: the first row of every sentence, then the second of every sentence that has one, and so on. Sentences are sorted by
/// length, longest first and otherwise as they came, so that the rows of a step are those of the first <see cref="Active"/> sentences and nothing is padded
/// (PyTorch calls this a packed sequence). Row r of the step t belongs to the sentence <see cref="Order"/>[r] and lies at <see cref="First"/>(t) + r.
/// </summary>
public sealed class TimeLayout
{
    private readonly int[] _order;
    private readonly int[] _firsts;
    private readonly int _generation;
    private readonly Storage<int> _orderOnDevice;
    private readonly Storage<int> _places;
    private readonly Storage<int> _timeToLayout;
    private readonly Storage<int> _layoutToTime;
    private readonly Storage<int> _lastRows;
    private readonly Storage<int> _previousRows;
    private readonly Storage<uint> _rowKeys;
    private readonly Storage<uint> _sentenceKeys;

    private TimeLayout(SequenceLayout layout, bool reversed)
    {
        (Layout, Reversed, Step, _generation) = (layout, reversed, layout.Step, layout.Step.Generation);
        _order = SortedByLength(layout.Lengths, Step.Lent.Ints(layout.Count));
        Steps = layout.Count == 0 ? 0 : layout.Lengths[_order[0]];
        _firsts = FirstRows(layout.Lengths, Steps);
        int[] timeToLayout = ArrayPool<int>.Shared.Rent(Rows);
        int[] other = ArrayPool<int>.Shared.Rent(Math.Max(Rows, Count));
        uint[] keys = ArrayPool<uint>.Shared.Rent(Rows);
        MapRows(timeToLayout);
        _timeToLayout = Upload(timeToLayout, Rows);
        _layoutToTime = Upload(Inverse(timeToLayout.AsSpan(0, Rows), other), Rows);
        _previousRows = Upload(PreviousRows(other), Rows);
        _lastRows = Upload(LastRows(other), Count);
        _orderOnDevice = Upload(_order, Count);
        _places = Upload(Inverse(Order, other), Count);
        _rowKeys = Step.Upload<uint>(RowKeysOf(timeToLayout.AsSpan(0, Rows), keys).AsSpan(0, Rows));
        _sentenceKeys = Step.Upload<uint>(SentenceKeysOf(keys).AsSpan(0, Rows));
        ArrayPool<int>.Shared.Return(timeToLayout);
        ArrayPool<int>.Shared.Return(other);
        ArrayPool<uint>.Shared.Return(keys);
    }

    /// <summary>The number of time steps: the length of the longest sentence.</summary>
    public int Steps { get; }

    /// <summary>The number of sentences, B.</summary>
    public int Count => Layout.Count;

    /// <summary>The number of rows of all sentences together, N.</summary>
    public int Rows => Layout.Rows;

    /// <summary>Whether each sentence is read from its last row to its first.</summary>
    public bool Reversed { get; }

    /// <summary>The sentences' numbers in the layout, longest first, [B].</summary>
    public ReadOnlySpan<int> Order
    {
        get
        {
            Step.CheckAlive(_generation);
            return _order.AsSpan(0, Count);
        }
    }

    /// <summary>The rows in the order of the sentences.</summary>
    public SequenceLayout Layout { get; }

    internal Step Step { get; }

    /// <summary>The first rows of all steps, and at the end the number of rows, [steps + 1].</summary>
    internal int[] FirstRowsOfSteps => _firsts;

    /// <summary>The sentence at each place, [B].</summary>
    internal Storage<int> OrderStorage => Alive(_orderOnDevice);

    /// <summary>The place of each sentence, [B].</summary>
    internal Storage<int> Places => Alive(_places);

    /// <summary>The layout's row of each row in time, [N].</summary>
    internal Storage<int> TimeToLayout => Alive(_timeToLayout);

    /// <summary>The row in time of each row of the layout, [N].</summary>
    internal Storage<int> LayoutToTime => Alive(_layoutToTime);

    /// <summary>The row in time of each sentence's last step, by sentence, [B].</summary>
    internal Storage<int> LastRowStorage => Alive(_lastRows);

    /// <summary>The row of the same sentence one step earlier, [N]; 0 in the first step.</summary>
    internal Storage<int> PreviousRowStorage => Alive(_previousRows);

    /// <summary>The random key of each row in time: that of its row in the layout, [N].</summary>
    internal Storage<uint> RowKeys => Alive(_rowKeys);

    /// <summary>The random key of each row's sentence, [N].</summary>
    internal Storage<uint> SentenceKeys => Alive(_sentenceKeys);

    /// <summary>The sentences that have a row in a step.</summary>
    /// <param name="step">0 to <see cref="Steps"/> - 1.</param>
    public int Active(int step) => _firsts[step + 1] - _firsts[step];

    /// <summary>The first row of a step.</summary>
    /// <param name="step">0 to <see cref="Steps"/> - 1.</param>
    public int First(int step) => _firsts[step];

    internal static TimeLayout Create(SequenceLayout layout, bool reversed) => new(layout, reversed);

    private static int[] SortedByLength(ReadOnlySpan<int> lengths, int[] order)
    {
        // The place as the second key keeps sentences of one length in their order, and a sort of numbers calls no comparer.
        long[] keys = ArrayPool<long>.Shared.Rent(lengths.Length);
        for (int i = 0; i < lengths.Length; i++)
        {
            keys[i] = ((long)(int.MaxValue - lengths[i]) << 32) | (uint)i;
        }

        Array.Sort(keys, 0, lengths.Length);
        for (int i = 0; i < lengths.Length; i++)
        {
            order[i] = (int)(uint)keys[i];
        }

        ArrayPool<long>.Shared.Return(keys);
        return order;
    }

    private static int[] FirstRows(ReadOnlySpan<int> lengths, int steps)
    {
        // First how many sentences end with each step, then how many are left, then the running sum.
        int[] firsts = new int[steps + 1];
        foreach (int length in lengths)
        {
            firsts[length]++;
        }

        int active = lengths.Length;
        int row = 0;
        for (int step = 0; step <= steps; step++)
        {
            active -= firsts[step];
            firsts[step] = row;
            row += active;
        }

        return firsts;
    }

    private static int[] Inverse(ReadOnlySpan<int> map, int[] inverse)
    {
        for (int i = 0; i < map.Length; i++)
        {
            inverse[map[i]] = i;
        }

        return inverse;
    }

    private void MapRows(int[] timeToLayout)
    {
        int[] starts = ArrayPool<int>.Shared.Rent(Count);
        int start = 0;
        for (int sentence = 0; sentence < Count; start += Layout.Lengths[sentence], sentence++)
        {
            starts[sentence] = start;
        }

        for (int step = 0; step < Steps; step++)
        {
            for (int place = 0; place < Active(step); place++)
            {
                int sentence = _order[place];
                timeToLayout[_firsts[step] + place] = starts[sentence] + (Reversed ? Layout.Lengths[sentence] - 1 - step : step);
            }
        }

        ArrayPool<int>.Shared.Return(starts);
    }

    private int[] PreviousRows(int[] rows)
    {
        for (int step = 0; step < Steps; step++)
        {
            for (int place = 0; place < Active(step); place++)
            {
                rows[_firsts[step] + place] = step == 0 ? 0 : _firsts[step - 1] + place;
            }
        }

        return rows;
    }

    private int[] LastRows(int[] rows)
    {
        for (int place = 0; place < Count; place++)
        {
            rows[_order[place]] = _firsts[Layout.Lengths[_order[place]] - 1] + place;
        }

        return rows;
    }

    private uint[] RowKeysOf(ReadOnlySpan<int> timeToLayout, uint[] keys)
    {
        int row = 0;
        uint[] ofLayout = ArrayPool<uint>.Shared.Rent(Rows);
        for (int sentence = 0; sentence < Count; sentence++)
        {
            for (int place = 0; place < Layout.Lengths[sentence]; place++, row++)
            {
                ofLayout[row] = Layout.KeyOf(sentence, place);
            }
        }

        for (int i = 0; i < Rows; i++)
        {
            keys[i] = ofLayout[timeToLayout[i]];
        }

        ArrayPool<uint>.Shared.Return(ofLayout);
        return keys;
    }

    private uint[] SentenceKeysOf(uint[] keys)
    {
        for (int place = 0; place < Count; place++)
        {
            uint key = RandomKeys.Sentence(Layout.NumberOf(_order[place]));
            for (int step = 0; step < Layout.Lengths[_order[place]]; step++)
            {
                keys[_firsts[step] + place] = key;
            }
        }

        return keys;
    }

    private Storage<int> Upload(int[] values, int count) => Step.Upload<int>(values.AsSpan(0, count));

    /// <summary>The layout's memory is the step's: it must not be read after the step.</summary>
    private Storage<T> Alive<T>(Storage<T> storage)
        where T : unmanaged
    {
        Step.CheckAlive(_generation);
        return storage;
    }
}
