using System.Numerics;

namespace Sequor.Tensors.Autograd;

/// <summary>
/// Managed arrays, and descriptions of rows, that are lent until the step ends, so that what describes a batch allocates nothing of its own. The n-th loan of a step
/// is the n-th of every step, and its array is kept for it: a shared pool would let its arrays go at collections.
/// </summary>
internal sealed class LentArrays
{
    private readonly List<int[]> _ints = [];
    private readonly List<long[]> _longs = [];
    private readonly List<SequenceLayout> _layouts = [];
    private readonly List<SourceReaders> _readers = [];
    private int _intsLent;
    private int _longsLent;
    private int _layoutsLent;
    private int _readersLent;

    /// <summary>An array that begins with these numbers; it may be longer.</summary>
    internal int[] Copy(ReadOnlySpan<int> values)
    {
        int[] array = Ints(values.Length);
        values.CopyTo(array);
        return array;
    }

    /// <inheritdoc cref="Copy(ReadOnlySpan{int})"/>
    internal long[] Copy(ReadOnlySpan<long> values)
    {
        long[] array = Lend(_longs, ref _longsLent, values.Length);
        values.CopyTo(array);
        return array;
    }

    /// <summary>An array of at least this length; its contents are undefined.</summary>
    internal int[] Ints(int length) => Lend(_ints, ref _intsLent, length);

    /// <summary>A layout of the step, to be filled.</summary>
    internal SequenceLayout Layout(Step step)
    {
        if (_layoutsLent == _layouts.Count)
        {
            _layouts.Add(new SequenceLayout(step));
        }

        return _layouts[_layoutsLent++];
    }

    /// <summary>Readers of the step's sentences, to be filled.</summary>
    internal SourceReaders Readers()
    {
        if (_readersLent == _readers.Count)
        {
            _readers.Add(new SourceReaders());
        }

        return _readers[_readersLent++];
    }

    /// <summary>Ends all loans.</summary>
    internal void TakeBack() => (_intsLent, _longsLent, _layoutsLent, _readersLent) = (0, 0, 0, 0);

    private static T[] Lend<T>(List<T[]> arrays, ref int lent, int length)
    {
        if (lent == arrays.Count)
        {
            arrays.Add([]);
        }

        if (arrays[lent].Length < length)
        {
            arrays[lent] = new T[BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        return arrays[lent++];
    }
}
