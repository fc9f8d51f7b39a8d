namespace Sequor.Text;

/// <summary>
/// Builds a <see cref="DoubleArray"/>: every node's children go to the first offset where all of their places are free.
/// The free places of the latest blocks hang in a ring, so that a search never walks over taken ones.
/// </summary>
internal sealed class DoubleArrayBuilder
{
    /// <summary>Children sit in one block of this many units: a label only changes the low eight bits of a place.</summary>
    private const int BlockSize = 256;

    /// <summary>How many of the latest blocks are searched for gaps; older ones are nearly full.</summary>
    private const int OpenBlocks = 16;

    /// <summary>The root's place: never free, so that the ring of free places hangs on it.</summary>
    private const int Anchor = 0;

    private readonly (byte[] Key, int Value)[] _entries;
    private readonly List<uint> _units = [];
    private readonly List<bool> _taken = [];
    private readonly List<int> _nextFree = [];
    private readonly List<int> _previousFree = [];
    private readonly HashSet<uint> _usedOffsets = [];

    private DoubleArrayBuilder((byte[] Key, int Value)[] entries) => _entries = entries;

    /// <summary>Builds the trie.</summary>
    /// <param name="entries">Keys without NUL, none empty or twice, in any order; values of 0 or more.</param>
    public static DoubleArray Build((byte[] Key, int Value)[] entries)
    {
        var builder = new DoubleArrayBuilder([.. entries]);
        Array.Sort(builder._entries, static (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        builder.AddBlock();
        builder._taken[0] = true;
        if (entries.Length > 0)
        {
            builder.Place(0, entries.Length, depth: 0, parent: 0);
        }

        return new DoubleArray([.. builder._units]);
    }

    /// <summary>Places the children of one node and, in turn, theirs.</summary>
    private void Place(int first, int end, int depth, uint parent)
    {
        List<(int Label, int First, int End)> children = Children(first, end, depth);
        uint offset = FindOffset(children, parent);
        _usedOffsets.Add(offset);
        _units[(int)parent] |= Distance(parent ^ offset);
        foreach ((int label, int childFirst, _) in children)
        {
            uint place = offset ^ (uint)label;
            Take((int)place);
            if (label == 0)
            {
                _units[(int)parent] |= 0x100u;
                _units[(int)place] = 0x80000000u | (uint)_entries[childFirst].Value;
            }
            else
            {
                _units[(int)place] = (uint)label;
            }
        }

        foreach ((int label, int childFirst, int childEnd) in children)
        {
            if (label != 0)
            {
                Place(childFirst, childEnd, depth + 1, offset ^ (uint)label);
            }
        }
    }

    /// <summary>The ranges of entries by their next byte; 0 is the entry that ends here.</summary>
    private List<(int Label, int First, int End)> Children(int first, int end, int depth)
    {
        var children = new List<(int, int, int)>();
        int start = first;
        for (int i = first; i <= end; i++)
        {
            if (i == end || LabelAt(i, depth) != LabelAt(start, depth))
            {
                children.Add((LabelAt(start, depth), start, i));
                start = i;
            }
        }

        return children;
    }

    private int LabelAt(int entry, int depth) => depth < _entries[entry].Key.Length ? _entries[entry].Key[depth] : 0;

    /// <summary>An offset, used by no other node, at which every child's place is free and the parent can point to it.</summary>
    private uint FindOffset(List<(int Label, int First, int End)> children, uint parent)
    {
        uint firstLabel = (uint)children[0].Label;
        int last = Anchor;
        while (true)
        {
            int place = _nextFree[last];
            if (place == Anchor)
            {
                AddBlock();
                continue;
            }

            uint offset = (uint)place ^ firstLabel;
            if (!_usedOffsets.Contains(offset) && IsReachable(parent ^ offset) && AllFree(children, offset))
            {
                return offset;
            }

            last = place;
        }
    }

    private bool AllFree(List<(int Label, int First, int End)> children, uint offset)
    {
        foreach ((int label, _, _) in children)
        {
            if (_taken[(int)(offset ^ (uint)label)])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A distance of 21 bits, or of 29 when its low eight are zero.</summary>
    private static bool IsReachable(uint distance) => distance < 1u << 21 || ((distance & 0xFF) == 0 && distance < 1u << 29);

    private static uint Distance(uint distance) => distance < 1u << 21 ? distance << 10 : (distance << 2) | 0x200u;

    /// <summary>Appends a block of free places and closes the oldest open one.</summary>
    private void AddBlock()
    {
        int start = _units.Count;
        for (int place = start; place < start + BlockSize; place++)
        {
            _units.Add(0);
            _taken.Add(false);
            int last = place == Anchor ? Anchor : _previousFree[Anchor];
            _nextFree.Add(Anchor);
            _previousFree.Add(last);
            _nextFree[last] = place;
            _previousFree[Anchor] = place;
        }

        for (int place = Math.Max(start - (OpenBlocks * BlockSize), 1); place < start - ((OpenBlocks - 1) * BlockSize); place++)
        {
            if (!_taken[place])
            {
                Unlink(place);
            }
        }
    }

    private void Take(int place)
    {
        _taken[place] = true;
        Unlink(place);
    }

    private void Unlink(int place)
    {
        _nextFree[_previousFree[place]] = _nextFree[place];
        _previousFree[_nextFree[place]] = _previousFree[place];
    }
}
