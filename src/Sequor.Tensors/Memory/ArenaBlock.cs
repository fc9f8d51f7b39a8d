namespace Sequor.Tensors.Memory;

/// <summary>
/// One block of an arena and the holes in it. A piece goes into the smallest hole that it fits into, the first of equal ones; a hole next to what is
/// given back grows by it. The unused end is the last hole and thus the last choice, so that what was never touched stays so.
/// </summary>
internal sealed class ArenaBlock
{
    /// <summary>Pieces begin at multiples of this many bytes, and their sizes are multiples of it.</summary>
    internal const long Alignment = 64;

    private readonly List<Hole> _holes = [];

    internal ArenaBlock(nint address, long bytes)
    {
        (Address, Bytes) = (address, bytes);
        Reset();
    }

    internal nint Address { get; }

    internal long Bytes { get; }

    /// <summary>Bytes from the beginning to the end of the last piece since the last reset.</summary>
    internal long TouchedBytes { get; private set; }

    internal bool Holds(nint address) => address >= Address && address < Address + (nint)Bytes;

    internal bool TryTake(long bytes, out nint address)
    {
        int best = -1;
        for (int i = 0; i < _holes.Count; i++)
        {
            if (_holes[i].Bytes >= bytes && (best < 0 || _holes[i].Bytes < _holes[best].Bytes))
            {
                best = i;
            }
        }

        address = 0;
        if (best < 0)
        {
            return false;
        }

        Hole hole = _holes[best];
        address = Address + (nint)hole.Start;
        TouchedBytes = Math.Max(TouchedBytes, hole.Start + bytes);
        if (hole.Bytes == bytes)
        {
            _holes.RemoveAt(best);
        }
        else
        {
            _holes[best] = new Hole(hole.Start + bytes, hole.Bytes - bytes);
        }

        return true;
    }

    internal void Release(nint address, long bytes)
    {
        long start = address - Address;
        int next = FirstAfter(start);
        bool joinsBefore = next > 0 && _holes[next - 1].End == start;
        bool joinsAfter = next < _holes.Count && _holes[next].Start == start + bytes;
        if (joinsBefore && joinsAfter)
        {
            _holes[next - 1] = new Hole(_holes[next - 1].Start, _holes[next].End - _holes[next - 1].Start);
            _holes.RemoveAt(next);
        }
        else if (joinsBefore)
        {
            _holes[next - 1] = new Hole(_holes[next - 1].Start, _holes[next - 1].Bytes + bytes);
        }
        else if (joinsAfter)
        {
            _holes[next] = new Hole(start, _holes[next].Bytes + bytes);
        }
        else
        {
            _holes.Insert(next, new Hole(start, bytes));
        }
    }

    internal void Reset()
    {
        _holes.Clear();
        _holes.Add(new Hole(0, Bytes));
        TouchedBytes = 0;
    }

    private int FirstAfter(long start)
    {
        int low = 0;
        int high = _holes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _holes[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Hole(long Start, long Bytes)
    {
        internal long End => Start + Bytes;
    }
}
