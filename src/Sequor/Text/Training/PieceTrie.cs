using System.Numerics;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>A tree of code points in one open-addressed table; node 0 is the root.</summary>
internal sealed class PieceTrie
{
    /// <summary>Stands for "no such branch" and "no piece ends here".</summary>
    public const int None = -1;

    private const ulong Mixer = 0x9E3779B97F4A7C15UL;

    private readonly List<int> _pieceAt = [None];
    private long[] _branches = new long[1 << 10];
    private int[] _targets = new int[1 << 10];

    public PieceTrie(IEnumerable<string> pieces)
    {
        int number = 0;
        foreach (string piece in pieces)
        {
            int node = 0;
            foreach (Rune rune in piece.EnumerateRunes())
                node = Grow(node, rune.Value);
            _pieceAt[node] = number++;
        }
    }

    /// <summary>Follows the branch of a code point.</summary>
    public int Follow(int node, int codePoint)
    {
        int slot = SlotOf(Branch(node, codePoint));
        return _branches[slot] == 0 ? None : _targets[slot];
    }

    /// <summary>The number of the piece that ends at a node.</summary>
    public int PieceAt(int node) => _pieceAt[node];

    private int Grow(int node, int codePoint)
    {
        long branch = Branch(node, codePoint);
        int slot = SlotOf(branch);
        if (_branches[slot] != 0)
            return _targets[slot];

        int target = _pieceAt.Count;
        _pieceAt.Add(None);
        _branches[slot] = branch;
        _targets[slot] = target;
        if (target * 2 > _branches.Length)
            Widen();
        return target;
    }

    private void Widen()
    {
        (long[] branches, int[] targets) = (_branches, _targets);
        _branches = new long[branches.Length * 2];
        _targets = new int[targets.Length * 2];
        for (int i = 0; i < branches.Length; i++)
        {
            if (branches[i] == 0)
                continue;
            int slot = SlotOf(branches[i]);
            _branches[slot] = branches[i];
            _targets[slot] = targets[i];
        }
    }

    private int SlotOf(long branch)
    {
        int slot = (int)(((ulong)branch * Mixer) >> (64 - BitOperations.Log2((uint)_branches.Length)));
        while (_branches[slot] != 0 && _branches[slot] != branch)
            slot = (slot + 1) & (_branches.Length - 1);
        return slot;
    }

    // Never 0, which marks an empty slot: training text holds no U+0000.
    private static long Branch(int node, int codePoint) => ((long)node << 32) | (uint)codePoint;
}
