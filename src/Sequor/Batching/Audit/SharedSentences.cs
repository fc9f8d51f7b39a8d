namespace Sequor.Batching;

/// <summary>
/// Which pairs of a corpus share a sentence, on whatever side, ignoring case and punctuation. Pairs that are linked by
/// a chain of shared sentences make up a group.
/// </summary>
internal sealed class SharedSentences
{
    private readonly long[] _numbers;

    // Sentences of the same key stand next to each other; [2 * pairs] each.
    private readonly ulong[] _keys;
    private readonly int[] _pairs;
    private readonly int[] _parents;
    private readonly (ulong Source, ulong Target)[] _keysOfPair;

    internal SharedSentences(IEnumerable<NumberedPair> pairs)
    {
        List<long> numbers = [];
        List<(ulong, ulong)> keysOfPair = [];
        foreach (NumberedPair pair in pairs)
        {
            numbers.Add(pair.Number);
            keysOfPair.Add((SentenceKey.Of(pair.Source), SentenceKey.Of(pair.Target)));
        }

        _numbers = [.. numbers];
        _keysOfPair = [.. keysOfPair];
        _keys = new ulong[2 * _numbers.Length];
        _pairs = new int[_keys.Length];
        _parents = new int[_numbers.Length];
        for (int pair = 0; pair < _numbers.Length; pair++)
        {
            (_keys[2 * pair], _keys[(2 * pair) + 1]) = _keysOfPair[pair];
            (_pairs[2 * pair], _pairs[(2 * pair) + 1]) = (pair, pair);
            _parents[pair] = pair;
        }

        Array.Sort(_keys, _pairs);
        for (int i = 1; i < _keys.Length; i++)
        {
            if (_keys[i] == _keys[i - 1])
                Join(_pairs[i], _pairs[i - 1]);
        }
    }

    internal int Count => _numbers.Length;

    internal long Number(int pair) => _numbers[pair];

    /// <summary>The groups as lists of pairs, by their first pair.</summary>
    internal IReadOnlyList<IReadOnlyList<int>> Groups()
    {
        Dictionary<int, List<int>> groups = [];
        for (int pair = 0; pair < Count; pair++)
        {
            int root = Root(pair);
            if (!groups.TryGetValue(root, out List<int>? group))
                groups[root] = group = [];
            group.Add(pair);
        }

        return [.. groups.Values];
    }

    /// <summary>The pairs that share a sentence with a pair, itself included.</summary>
    internal IReadOnlySet<int> Neighbours(int pair)
    {
        HashSet<int> neighbours = [];
        foreach ((int first, int end) in new[] { Run(_keysOfPair[pair].Source), Run(_keysOfPair[pair].Target) })
            neighbours.UnionWith(_pairs.AsSpan(first, end - first).ToArray());
        return neighbours;
    }

    /// <summary>How often the more frequent sentence of a pair occurs in the corpus, on both sides together.</summary>
    internal int Occurrences(int pair)
    {
        (int firstSource, int endSource) = Run(_keysOfPair[pair].Source);
        (int firstTarget, int endTarget) = Run(_keysOfPair[pair].Target);
        return Math.Max(endSource - firstSource, endTarget - firstTarget);
    }

    private (int First, int End) Run(ulong key) => (PlaceOf(key), key == ulong.MaxValue ? _keys.Length : PlaceOf(key + 1));

    /// <summary>The first place whose key is not below a key.</summary>
    private int PlaceOf(ulong key)
    {
        (int low, int high) = (0, _keys.Length);
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
        int root = Root(first);
        _parents[Root(second)] = root;
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
