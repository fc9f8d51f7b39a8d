namespace Sequor.Decoding.Constraints;

/// <summary>Finds many runs of symbols in one pass (Aho and Corasick 1975). A node is the longest ending of what was read that begins one of the runs; node 0 is none.</summary>
internal sealed class SymbolTrie
{
    internal const int Root = 0;

    private readonly Dictionary<(int Node, int Symbol), int> _next = [];
    private readonly List<List<int>> _symbols = [[]];
    private readonly List<int> _shorter = [Root];
    private readonly List<List<int>> _ends = [[]];

    /// <summary>The number of nodes.</summary>
    internal int Count => _symbols.Count;

    /// <summary>Adds a run, before <see cref="Finish"/>.</summary>
    /// <param name="run">The symbols, one or more.</param>
    /// <param name="mark">What <see cref="Ends"/> names it by.</param>
    /// <returns>The nodes that it goes through, one for each symbol.</returns>
    internal int[] Add(ReadOnlySpan<int> run, int mark)
    {
        var path = new int[run.Length];
        int node = Root;
        for (int i = 0; i < run.Length; i++)
        {
            if (!_next.TryGetValue((node, run[i]), out int next))
            {
                next = Count;
                _next.Add((node, run[i]), next);
                _symbols[node].Add(run[i]);
                _symbols.Add([]);
                _shorter.Add(Root);
                _ends.Add([]);
            }

            path[i] = node = next;
        }

        _ends[node].Add(mark);
        return path;
    }

    /// <summary>Works out what each node falls back to; called once, behind the last run.</summary>
    internal void Finish()
    {
        var waiting = new Queue<int>();
        waiting.Enqueue(Root);
        while (waiting.TryDequeue(out int node))
        {
            foreach (int symbol in _symbols[node])
            {
                int child = _next[(node, symbol)];
                _shorter[child] = node == Root ? Root : Read(_shorter[node], symbol);
                waiting.Enqueue(child);
            }
        }
    }

    /// <summary>The node behind one more symbol.</summary>
    internal int Read(int node, int symbol)
    {
        while (true)
        {
            if (_next.TryGetValue((node, symbol), out int next))
            {
                return next;
            }

            if (node == Root)
            {
                return Root;
            }

            node = _shorter[node];
        }
    }

    /// <summary>The next shorter ending that begins a run, or <see cref="Root"/>.</summary>
    internal int Shorter(int node) => _shorter[node];

    /// <summary>The marks of the runs that end exactly here; those of <see cref="Shorter"/> end here too.</summary>
    internal List<int> Ends(int node) => _ends[node];

    /// <summary>The symbols that lead deeper into a run.</summary>
    internal List<int> Symbols(int node) => _symbols[node];

    /// <summary>The node that one of <see cref="Symbols"/> leads to.</summary>
    internal int Child(int node, int symbol) => _next[(node, symbol)];

    /// <summary>Whether any run ends here.</summary>
    internal bool IsEnd(int node)
    {
        for (; node != Root; node = _shorter[node])
        {
            if (_ends[node].Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
