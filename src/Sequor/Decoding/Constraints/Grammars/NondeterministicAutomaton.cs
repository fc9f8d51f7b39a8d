using System.Text;

namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>An automaton while a grammar is read: states with edges over bytes and with edges that read nothing (Thompson 1968).</summary>
internal sealed class NondeterministicAutomaton
{
    /// <summary>The most states of a deterministic automaton; a grammar that needs more is refused.</summary>
    private const int MostStates = 100_000;

    private readonly List<List<ByteEdge>> _edges = [];
    private readonly List<List<int>> _free = [];

    /// <summary>The number of states.</summary>
    internal int Count => _edges.Count;

    /// <summary>A new state.</summary>
    internal int Add()
    {
        _edges.Add([]);
        _free.Add([]);
        return _edges.Count - 1;
    }

    /// <summary>A way that reads nothing.</summary>
    internal void Connect(int from, int to) => _free[from].Add(to);

    /// <summary>A way over any character of a range, surrogates left out.</summary>
    internal void Connect(int from, int to, int low, int high)
    {
        Span<byte> lowest = stackalloc byte[4];
        Span<byte> highest = stackalloc byte[4];
        foreach ((int first, int last) in new[] { (0, 0x7F), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF) })
        {
            if (Math.Max(low, first) <= Math.Min(high, last))
            {
                int length = new Rune(Math.Max(low, first)).EncodeToUtf8(lowest);
                new Rune(Math.Min(high, last)).EncodeToUtf8(highest);
                ConnectBytes(from, to, lowest[..length], highest[..length]);
            }
        }
    }

    /// <summary>The deterministic automaton of the texts that lead from one state to another; null when it would be too large.</summary>
    internal ByteAutomaton? Determinize(int start, int end)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        List<int[]> sets = [];
        int NumberOf(IEnumerable<int> states)
        {
            int[] set = Closure(states);
            string key = string.Join(',', set);
            if (!numbers.TryGetValue(key, out int number))
            {
                number = sets.Count;
                numbers.Add(key, number);
                sets.Add(set);
            }

            return number;
        }

        NumberOf([start]);
        List<ByteEdge[]> edges = [];
        for (int i = 0; i < sets.Count; i++)
        {
            if (sets.Count > MostStates)
            {
                return null;
            }

            edges.Add(EdgesOf([.. sets[i].SelectMany(state => _edges[state])], NumberOf));
        }

        return new ByteAutomaton([.. edges], [.. sets.Select(set => set.Contains(end))]);
    }

    /// <summary>Parts two bounds of one length into runs of byte ranges: where the first bytes differ, what follows the inner ones is free.</summary>
    private void ConnectBytes(int from, int to, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high)
    {
        if (low.Length == 1)
        {
            _edges[from].Add(new ByteEdge(low[0], high[0], to));
            return;
        }

        Span<byte> least = stackalloc byte[low.Length - 1];
        Span<byte> greatest = stackalloc byte[low.Length - 1];
        least.Fill(0x80);
        greatest.Fill(0xBF);
        if (low[0] == high[0])
        {
            ConnectBytes(Behind(from, low[0], low[0]), to, low[1..], high[1..]);
            return;
        }

        bool lowIsFree = low[1..].SequenceEqual(least);
        bool highIsFree = high[1..].SequenceEqual(greatest);
        int first = lowIsFree ? low[0] : low[0] + 1;
        int last = highIsFree ? high[0] : high[0] - 1;
        if (!lowIsFree)
        {
            ConnectBytes(Behind(from, low[0], low[0]), to, low[1..], greatest);
        }

        if (first <= last)
        {
            ConnectBytes(Behind(from, (byte)first, (byte)last), to, least, greatest);
        }

        if (!highIsFree)
        {
            ConnectBytes(Behind(from, high[0], high[0]), to, least, high[1..]);
        }
    }

    private int Behind(int from, byte low, byte high)
    {
        int state = Add();
        _edges[from].Add(new ByteEdge(low, high, state));
        return state;
    }

    private int[] Closure(IEnumerable<int> states)
    {
        var reached = new SortedSet<int>(states);
        var waiting = new Stack<int>(reached);
        while (waiting.TryPop(out int state))
        {
            foreach (int next in _free[state])
            {
                if (reached.Add(next))
                {
                    waiting.Push(next);
                }
            }
        }

        return [.. reached];
    }

    private static ByteEdge[] EdgesOf(List<ByteEdge> all, Func<IEnumerable<int>, int> numberOf)
    {
        int[] cuts = [.. all.SelectMany(edge => (int[])[edge.Low, edge.High + 1]).Distinct().Order()];
        var edges = new List<ByteEdge>();
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            (int low, int high) = (cuts[i], cuts[i + 1] - 1);
            int[] targets = [.. all.Where(edge => edge.Low <= low && edge.High >= high).Select(edge => edge.Target)];
            if (targets.Length == 0)
            {
                continue;
            }

            int target = numberOf(targets);
            if (edges.Count > 0 && edges[^1].Target == target && edges[^1].High + 1 == low)
            {
                edges[^1] = edges[^1] with { High = (byte)high };
            }
            else
            {
                edges.Add(new ByteEdge((byte)low, (byte)high, target));
            }
        }

        return [.. edges];
    }
}
