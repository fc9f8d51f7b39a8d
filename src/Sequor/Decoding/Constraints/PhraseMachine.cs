using System.Numerics;

namespace Sequor.Decoding.Constraints;

/// <summary>A phrase that must be written: one of several runs of pieces.</summary>
/// <param name="Constraint">Which of the sentence's constraints it is.</param>
/// <param name="Runs">The runs, none when the vocabulary can write none; with <see cref="PhraseMachine.Boundary"/> wherever a word must end.</param>
/// <param name="Cost">The fewest pieces that write it at any place.</param>
internal sealed record Phrase(int Constraint, IReadOnlyList<int[]> Runs, int Cost);

/// <summary>
/// Counts the phrases that an output has written. All phrases are looked for at once, so that they may overlap: "a b" and "b c" both stand in "a b c". A phrase that
/// is asked for several times must stand several times, and its own occurrences may not overlap.
/// </summary>
internal sealed class PhraseMachine : ConstraintMachine
{
    /// <summary>Stands for the end of a word in a run of pieces.</summary>
    internal const int Boundary = -1;

    private readonly IWordBoundaries? _boundaries;
    private readonly SymbolTrie _trie = new();
    private readonly List<Group> _groups = [];
    private readonly int[] _hopeless;
    private readonly List<(int Group, int Left)>[] _through;
    private readonly Dictionary<(BigInteger Met, int Node), int> _states = [];
    private readonly List<State> _all = [];

    /// <summary>Makes the machine of one sentence; one thread uses it.</summary>
    /// <param name="phrases">The phrases.</param>
    /// <param name="boundaries">Where words end; null when every piece is a word.</param>
    internal PhraseMachine(IReadOnlyList<Phrase> phrases, IWordBoundaries? boundaries)
    {
        _boundaries = boundaries;
        _hopeless = [.. phrases.Where(phrase => phrase.Runs.Count == 0).Select(phrase => phrase.Constraint)];
        foreach (Phrase phrase in phrases.Where(phrase => phrase.Runs.Count > 0))
        {
            Enter(phrase);
        }

        var paths = new List<(int Group, int[] Run, int[] Path)>();
        int firstSlot = 0;
        for (int i = 0; i < _groups.Count; i++)
        {
            _groups[i].FirstSlot = firstSlot;
            firstSlot += _groups[i].Constraints.Count;
            paths.AddRange(_groups[i].Runs.Select(run => (i, run, _trie.Add(run, i))));
        }

        _trie.Finish();
        _through = [.. Enumerable.Range(0, _trie.Count).Select(_ => new List<(int, int)>())];
        foreach ((int group, int[] run, int[] path) in paths)
        {
            Mark(group, run, path);
        }

        Start = StateOf(BigInteger.Zero, SymbolTrie.Root);
    }

    internal override int Start { get; }

    /// <summary>About how many more pieces it takes to write all that is missing: 0 when nothing is.</summary>
    internal int Left(int state) => _all[state].Left;

    /// <summary>The pieces that bring a missing phrase nearer.</summary>
    internal int[] Forward(int state) => _all[state].Forward ??= ForwardOf(_all[state].Met, _all[state].Node);

    internal override int Next(int state, int previous, int id)
    {
        (BigInteger met, int node) = (_all[state].Met, _all[state].Node);
        if (_boundaries?.Between(previous, id) != false)
        {
            (met, node) = Read(met, node, Boundary);
        }

        (met, node) = Read(met, node, id);
        return StateOf(met, node);
    }

    internal override bool MayEnd(int state) => Missing(state) == 0;

    /// <summary>The phrases that would be missing if the output ended here; those that the vocabulary cannot write are not counted.</summary>
    internal int Missing(int state)
    {
        BigInteger met = Read(_all[state].Met, _all[state].Node, Boundary).Met;
        int missing = 0;
        foreach (Group group in _groups)
        {
            missing += group.Missing(met);
        }

        return missing;
    }

    internal override void Ban(int state, int room, Span<float> logProbabilities)
    {
    }

    internal override void Report(ReadOnlySpan<int> ids, int state, Span<bool> met)
    {
        foreach (int constraint in _hopeless)
        {
            met[constraint] = false;
        }

        BigInteger slots = Read(_all[state].Met, _all[state].Node, Boundary).Met;
        foreach (Group group in _groups)
        {
            for (int i = group.Constraints.Count - group.Missing(slots); i < group.Constraints.Count; i++)
            {
                met[group.Constraints[i]] = false;
            }
        }
    }

    private void Enter(Phrase phrase)
    {
        Group? same = _groups.Find(group => group.Runs.Count == phrase.Runs.Count && phrase.Runs.All(run => group.Runs.Any(other => run.AsSpan().SequenceEqual(other))));
        if (same is null)
        {
            _groups.Add(same = new Group(phrase.Runs, phrase.Cost));
        }

        same.Constraints.Add(phrase.Constraint);
    }

    private void Mark(int group, int[] run, int[] path)
    {
        int left = run.Count(symbol => symbol != Boundary);
        for (int i = 0; i < run.Length; i++)
        {
            left -= run[i] == Boundary ? 0 : 1;
            _through[path[i]].Add((group, left));
        }
    }

    private (BigInteger Met, int Node) Read(BigInteger met, int node, int symbol)
    {
        node = _trie.Read(node, symbol);
        bool repeats = false;
        BigInteger before = met;
        for (int ending = node; ending != SymbolTrie.Root; ending = _trie.Shorter(ending))
        {
            foreach (int index in _trie.Ends(ending))
            {
                Group group = _groups[index];
                int missing = group.Missing(before);
                if (missing > 0)
                {
                    // From what was missing before: two runs of one phrase that end together are one occurrence.
                    met |= BigInteger.One << (group.FirstSlot + group.Constraints.Count - missing);
                    repeats |= group.Constraints.Count > 1;
                }
            }
        }

        // What is asked for twice begins anew behind its first occurrence, and a word that ended for it has ended for what follows.
        return (met, repeats ? symbol == Boundary ? _trie.Read(SymbolTrie.Root, Boundary) : SymbolTrie.Root : node);
    }

    private int StateOf(BigInteger met, int node)
    {
        if (!_states.TryGetValue((met, node), out int state))
        {
            state = _all.Count;
            _states.Add((met, node), state);
            _all.Add(new State(met, node, LeftOf(met, node)));
        }

        return state;
    }

    private int LeftOf(BigInteger met, int node)
    {
        int left = 0;
        foreach (Group group in _groups)
        {
            left += group.Missing(met) * group.Cost;
        }

        int saved = 0;
        for (int ending = node; ending != SymbolTrie.Root; ending = _trie.Shorter(ending))
        {
            foreach ((int group, int more) in _through[ending])
            {
                if (_groups[group].Missing(met) > 0)
                {
                    saved = Math.Max(saved, _groups[group].Cost - more);
                }
            }
        }

        return left - saved;
    }

    private int[] ForwardOf(BigInteger met, int node)
    {
        var ids = new SortedSet<int>();
        for (int ending = node; ; ending = _trie.Shorter(ending))
        {
            foreach (int symbol in _trie.Symbols(ending))
            {
                int child = _trie.Child(ending, symbol);
                foreach (int id in symbol == Boundary ? _trie.Symbols(child) : [symbol])
                {
                    int target = symbol == Boundary ? _trie.Child(child, id) : child;
                    if (_through[target].Exists(way => _groups[way.Group].Missing(met) > 0))
                    {
                        ids.Add(id);
                    }
                }
            }

            if (ending == SymbolTrie.Root)
            {
                return [.. ids];
            }
        }
    }

    /// <summary>Phrases that are the same: one that is asked for once or several times.</summary>
    private sealed class Group(IReadOnlyList<int[]> runs, int cost)
    {
        internal IReadOnlyList<int[]> Runs { get; } = runs;

        internal int Cost { get; } = cost;

        internal List<int> Constraints { get; } = [];

        internal int FirstSlot { get; set; }

        /// <summary>How often it must still be written; occurrences fill its slots from the first on.</summary>
        internal int Missing(BigInteger met)
        {
            int missing = Constraints.Count;
            for (int i = 0; i < Constraints.Count && !(met >> (FirstSlot + i)).IsEven; i++)
            {
                missing--;
            }

            return missing;
        }
    }

    private sealed class State(BigInteger met, int node, int left)
    {
        internal BigInteger Met { get; } = met;

        internal int Node { get; } = node;

        internal int Left { get; } = left;

        internal int[]? Forward { get; set; }
    }
}
