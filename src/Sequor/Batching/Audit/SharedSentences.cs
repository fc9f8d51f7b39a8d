using System.Runtime.InteropServices;

namespace Sequor.Batching;

/// <summary>
/// Which pairs of a corpus share a sentence, on whatever side, ignoring case and punctuation. Pairs that are linked by
/// a chain of shared sentences make up a group.
/// </summary>
internal sealed class SharedSentences
{
    private readonly List<long> _numbers = [];

    // Sentences of the same key stand next to each other, each with its pair; two of every pair.
    private readonly List<ulong> _keys = [];
    private readonly int[] _pairs;

    // The way to the first pair of a group, which is its own parent.
    private readonly int[] _parents;
    private (ulong First, ulong Second)[]? _keysOfPair;

    internal SharedSentences(IEnumerable<NumberedPair> pairs)
    {
        foreach (NumberedPair pair in pairs)
        {
            _numbers.Add(pair.Number);
            _keys.Add(SentenceKey.Of(pair.Source));
            _keys.Add(SentenceKey.Of(pair.Target));
        }

        _pairs = new int[_keys.Count];
        _parents = new int[_numbers.Count];
        for (int pair = 0; pair < _numbers.Count; pair++)
        {
            (_pairs[2 * pair], _pairs[(2 * pair) + 1]) = (pair, pair);
            _parents[pair] = pair;
        }

        CollectionsMarshal.AsSpan(_keys).Sort(_pairs.AsSpan());
        for (int i = 1; i < _keys.Count; i++)
        {
            if (_keys[i] == _keys[i - 1])
                Join(_pairs[i], _pairs[i - 1]);
        }
    }

    internal int Count => _numbers.Count;

    internal long Number(int pair) => _numbers[pair];

    /// <summary>The pairs of the smallest groups; of groups of one size, those whose first pair has the lower lot come first.</summary>
    /// <param name="lot">The lot of a pair.</param>
    /// <param name="most">Pairs in all; the first group that does not fit ends the choice.</param>
    internal IReadOnlyList<int> SmallestGroups(Func<int, ulong> lot, int most)
    {
        int[] sizes = new int[Count];
        for (int pair = 0; pair < Count; pair++)
            sizes[Root(pair)]++;

        // A group holds a pair at least, so that no more groups than pairs can be taken.
        PriorityQueue<int, (int Size, ulong Lot, int First)> smallest = new(Comparer<(int, ulong, int)>.Create((left, right) => right.CompareTo(left)));
        for (int first = 0; first < Count; first++)
        {
            if (sizes[first] == 0 || sizes[first] > most)
                continue;
            smallest.Enqueue(first, (sizes[first], lot(first), first));
            if (smallest.Count > most)
                smallest.Dequeue();
        }

        HashSet<int> taken = [];
        int room = most;
        foreach ((int first, (int size, _, _)) in smallest.UnorderedItems.OrderBy(group => group.Priority))
        {
            if (size > room)
                break;
            taken.Add(first);
            room -= size;
        }

        return [.. Enumerable.Range(0, Count).Where(pair => taken.Contains(Root(pair)))];
    }

    /// <summary>The pairs that share a sentence with a pair, itself included.</summary>
    internal IReadOnlySet<int> Neighbours(int pair)
    {
        HashSet<int> neighbours = [];
        (ulong one, ulong other) = KeysOf(pair);
        foreach ((int first, int end) in new[] { Run(one), Run(other) })
            neighbours.UnionWith(_pairs.AsSpan(first, end - first).ToArray());
        return neighbours;
    }

    /// <summary>How often the more frequent sentence of a pair occurs in the corpus, on both sides together.</summary>
    internal int Occurrences(int pair)
    {
        (ulong one, ulong other) = KeysOf(pair);
        (int firstOne, int endOne) = Run(one);
        (int firstOther, int endOther) = Run(other);
        return Math.Max(endOne - firstOne, endOther - firstOther);
    }

    /// <summary>The keys of a pair's sentences, in no particular order. Few corpora need them again, so that they are put back together only then.</summary>
    private (ulong First, ulong Second) KeysOf(int pair)
    {
        if (_keysOfPair is null)
        {
            _keysOfPair = new (ulong, ulong)[Count];
            bool[] hasFirst = new bool[Count];
            for (int i = 0; i < _keys.Count; i++)
            {
                int owner = _pairs[i];
                _keysOfPair[owner] = hasFirst[owner] ? (_keysOfPair[owner].First, _keys[i]) : (_keys[i], 0);
                hasFirst[owner] = true;
            }
        }

        return _keysOfPair[pair];
    }

    private (int First, int End) Run(ulong key) => (PlaceOf(key), key == ulong.MaxValue ? _keys.Count : PlaceOf(key + 1));

    /// <summary>The first place whose key is not below a key.</summary>
    private int PlaceOf(ulong key)
    {
        (int low, int high) = (0, _keys.Count);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Join(int first, int second)
    {
        (int one, int other) = (Root(first), Root(second));
        _parents[Math.Max(one, other)] = Math.Min(one, other);
    }

    private int Root(int pair)
    {
        while (_parents[pair] != pair)
        {
            // Halving the way keeps the trees flat.
            _parents[pair] = _parents[_parents[pair]];
            pair = _parents[pair];
        }

        return pair;
    }
}
