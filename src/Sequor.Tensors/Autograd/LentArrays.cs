using System.Buffers;

namespace Sequor.Tensors.Autograd;

/// <summary>Managed arrays that are lent until the step ends, so that what describes a batch allocates no arrays of its own.</summary>
internal sealed class LentArrays
{
    private readonly List<int[]> _ints = [];
    private readonly List<long[]> _longs = [];

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
        long[] array = ArrayPool<long>.Shared.Rent(values.Length);
        values.CopyTo(array);
        _longs.Add(array);
        return array;
    }

    /// <summary>An array of at least this length; its contents are undefined.</summary>
    internal int[] Ints(int length)
    {
        int[] array = ArrayPool<int>.Shared.Rent(length);
        _ints.Add(array);
        return array;
    }

    /// <summary>Ends all loans.</summary>
    internal void TakeBack()
    {
        foreach (int[] array in _ints)
        {
            ArrayPool<int>.Shared.Return(array);
        }

        foreach (long[] array in _longs)
        {
            ArrayPool<long>.Shared.Return(array);
        }

        _ints.Clear();
        _longs.Clear();
    }
}
