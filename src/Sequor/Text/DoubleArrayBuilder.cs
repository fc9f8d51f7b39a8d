namespace Sequor.Text;

/// <summary>
/// Builds a <see cref="DoubleArray"/>. Equal endings are stored once, so that the many spellings of one syllable share
/// theirs; every node's children go to the first offset where all of their places are free. The free places of the
/// latest blocks hang in a ring, so that a search never walks over taken ones.
/// </summary>
internal sealed class DoubleArrayBuilder
{
    /// <summary>Children sit in one block of this many units: a label only changes the low eight bits of a place.</summary>
    private const int BlockSize = 256;

    /// <summary>How many of the latest blocks are searched for gaps; older ones are nearly full.</summary>
    private const int OpenBlocks = 16;

    /// <summary>The root's place: never free, so that the ring of free places hangs on it.</summary>
    private const int Anchor = 0;

    private readonly List<uint> _units = [];
    private readonly List<bool> _taken = [];
    private readonly List<int> _nextFree = [];
    private readonly List<int> _previousFree = [];
    private readonly HashSet<uint> _usedOffsets = [];
    private readonly Dictionary<int, uint> _placed = [];
    private readonly SharedTrie _trie;

    private DoubleArrayBuilder(SharedTrie trie) => _trie = trie;

    /// <summary>Builds the trie.</summary>
    /// <param name="entries">Keys without NUL, none empty or twice, in any order; values of 0 or more.</param>
    public static DoubleArray Build((byte[] Key, int Value)[] entries)
    {
        var builder = new DoubleArrayBuilder(SharedTrie.Of(entries));
        builder.AddBlock();
        builder.Take(Anchor);
        if (entries.Length > 0)
        {
            builder.Place(builder._trie.Root, Anchor);
        }

        return new DoubleArray([.. builder._units]);
    }

    /// <summary>Lets a parent point to a node, which is placed unless it was already where the parent reaches.</summary>
    private void Place(int node, uint parent)
    {
        ReadOnlySpan<TrieArc> arcs = _trie.Arcs(node);
        bool isPlaced = _placed.TryGetValue(node, out uint offset) && IsReachable(parent ^ offset);
        if (!isPlaced)
        {
            offset = FindOffset(arcs, parent);
            _usedOffsets.Add(offset);
            _placed[node] = offset;
            foreach (TrieArc arc in arcs)
            {
                uint place = offset ^ arc.Label;
                Take((int)place);
                _units[(int)place] = arc.Label == 0 ? 0x80000000u | (uint)arc.Target : arc.Label;
            }
        }

        _units[(int)parent] |= Distance(parent ^ offset) | (arcs[0].Label == 0 ? 0x100u : 0);
        for (int i = 0; !isPlaced && i < arcs.Length; i++)
        {
            if (arcs[i].Label != 0)
            {
                Place(arcs[i].Target, offset ^ arcs[i].Label);
            }
        }
    }

    /// <summary>An offset, used by no other node, at which every child's place is free and the parent can point to it.</summary>
    private uint FindOffset(ReadOnlySpan<TrieArc> arcs, uint parent)
    {
        int last = Anchor;
        while (true)
        {
            int place = _nextFree[last];
            if (place == Anchor)
            {
                AddBlock();
                continue;
            }

            uint offset = (uint)place ^ arcs[0].Label;
            if (!_usedOffsets.Contains(offset) && IsReachable(parent ^ offset) && AllFree(arcs, offset))
            {
                return offset;
            }

            last = place;
        }
    }

    private bool AllFree(ReadOnlySpan<TrieArc> arcs, uint offset)
    {
        foreach (TrieArc arc in arcs)
        {
            if (_taken[(int)(offset ^ arc.Label)])
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

        for (int place = start - (OpenBlocks * BlockSize); place >= 0 && place < start - ((OpenBlocks - 1) * BlockSize); place++)
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
        if (place != Anchor)
        {
            Unlink(place);
        }
    }

    private void Unlink(int place)
    {
        _nextFree[_previousFree[place]] = _nextFree[place];
        _previousFree[_nextFree[place]] = _previousFree[place];
    }
}
