namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>The pieces of a vocabulary by what they spell, byte by byte, so that an automaton is led through all of them at once.</summary>
internal sealed class PieceTrie
{
    private readonly List<SortedList<byte, int>> _children = [[]];
    private readonly List<List<int>> _ids = [[]];

    /// <summary>Makes the trie of the pieces at a place.</summary>
    internal PieceTrie(PieceTexts texts, TextPlace place)
    {
        for (int id = 0; id < texts.Count; id++)
        {
            if (!texts.IsUnknown(id) && !texts.Bytes(id, TextPlace.Inside).IsEmpty)
            {
                Add(id, texts.Bytes(id, place));
            }
        }
    }

    /// <summary>Tells every piece that an automaton can read in a state, and the state behind it.</summary>
    /// <param name="automaton">The automaton.</param>
    /// <param name="state">The state.</param>
    /// <param name="found">Receives pieces and states; cleared first.</param>
    internal void Walk(ByteAutomaton automaton, int state, List<(int Id, int State)> found)
    {
        found.Clear();
        Walk(automaton, state, 0, found);
    }

    private void Add(int id, ReadOnlySpan<byte> bytes)
    {
        int node = 0;
        foreach (byte value in bytes)
        {
            if (!_children[node].TryGetValue(value, out int next))
            {
                next = _children.Count;
                _children[node].Add(value, next);
                _children.Add([]);
                _ids.Add([]);
            }

            node = next;
        }

        _ids[node].Add(id);
    }

    private void Walk(ByteAutomaton automaton, int state, int node, List<(int Id, int State)> found)
    {
        foreach (int id in _ids[node])
        {
            found.Add((id, state));
        }

        SortedList<byte, int> children = _children[node];
        int place = 0;
        foreach (ByteEdge edge in automaton.Edges[state])
        {
            for (; place < children.Count && children.GetKeyAtIndex(place) <= edge.High; place++)
            {
                if (children.GetKeyAtIndex(place) >= edge.Low)
                {
                    Walk(automaton, edge.Target, children.GetValueAtIndex(place), found);
                }
            }
        }
    }
}
