namespace Sequor.Text;

/// <summary>One way on from a node of a trie.</summary>
/// <param name="Label">The byte; 0 stands for the end of a key.</param>
/// <param name="Target">The node it leads to, or the key's value where it ends.</param>
internal readonly record struct TrieArc(byte Label, int Target);

/// <summary>A trie in which nodes with the same ways on, and the same values below, are one.</summary>
internal sealed class SharedTrie
{
    private readonly (byte[] Key, int Value)[] _entries;
    private readonly List<TrieArc[]> _nodes = [];
    private readonly Dictionary<TrieArc[], int> _numbers = new(new ArcsComparer());

    private SharedTrie((byte[] Key, int Value)[] entries)
    {
        _entries = entries;
        Root = entries.Length == 0 ? -1 : Node(0, entries.Length, depth: 0);
    }

    /// <summary>The node that every key begins at, -1 when there are no keys.</summary>
    public int Root { get; }

    /// <summary>The ways on from a node, by rising label.</summary>
    public ReadOnlySpan<TrieArc> Arcs(int node) => _nodes[node];

    /// <summary>The trie of these keys.</summary>
    public static SharedTrie Of(IEnumerable<(byte[] Key, int Value)> entries) =>
        new([.. entries.Order(Comparer<(byte[] Key, int Value)>.Create(
            static (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key)))]);

    /// <summary>The node below which the entries of a range lie; they agree up to the depth.</summary>
    private int Node(int first, int end, int depth)
    {
        var arcs = new List<TrieArc>();
        for (int start = first, next; start < end; start = next)
        {
            byte label = LabelAt(start, depth);
            next = start + 1;
            while (next < end && LabelAt(next, depth) == label)
            {
                next++;
            }

            arcs.Add(new TrieArc(label, label == 0 ? _entries[start].Value : Node(start, next, depth + 1)));
        }

        TrieArc[] key = [.. arcs];
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _nodes.Count;
            _nodes.Add(key);
            _numbers.Add(key, number);
        }

        return number;
    }

    private byte LabelAt(int entry, int depth) => depth < _entries[entry].Key.Length ? _entries[entry].Key[depth] : (byte)0;

    private sealed class ArcsComparer : IEqualityComparer<TrieArc[]>
    {
        public bool Equals(TrieArc[]? left, TrieArc[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(TrieArc[] arcs)
        {
            var hash = default(HashCode);
            foreach (TrieArc arc in arcs)
            {
                hash.Add(arc.Label);
                hash.Add(arc.Target);
            }

            return hash.ToHashCode();
        }
    }
}
