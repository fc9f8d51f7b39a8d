using System.Text;

namespace Sequor.Decoding.Constraints.Grammars;

/// <summary>A way from one state of an automaton to another, over any byte of a range.</summary>
/// <param name="Low">The first byte.</param>
/// <param name="High">The last.</param>
/// <param name="Target">The state behind it.</param>
internal readonly record struct ByteEdge(byte Low, byte High, int Target);

/// <summary>A deterministic automaton over the bytes of UTF-8: a set of texts. State 0 is the start; edges of a state are in rising order and do not overlap.</summary>
/// <param name="Edges">For each state its edges.</param>
/// <param name="Accepts">For each state whether a text may end there.</param>
internal sealed record ByteAutomaton(ByteEdge[][] Edges, bool[] Accepts)
{
    /// <summary>The automaton of a list of texts: a trie.</summary>
    internal static ByteAutomaton OfTexts(IEnumerable<string> texts)
    {
        List<SortedDictionary<byte, int>> children = [[]];
        List<bool> accepts = [false];
        foreach (string text in texts)
        {
            int state = 0;
            foreach (byte value in Encoding.UTF8.GetBytes(text))
            {
                if (!children[state].TryGetValue(value, out int next))
                {
                    next = children.Count;
                    children[state].Add(value, next);
                    children.Add([]);
                    accepts.Add(false);
                }

                state = next;
            }

            accepts[state] = true;
        }

        return new ByteAutomaton([.. children.Select(edges => (ByteEdge[])[.. edges.Select(edge => new ByteEdge(edge.Key, edge.Key, edge.Value))])], [.. accepts]);
    }

    /// <summary>The state behind a byte, or -1.</summary>
    internal int Next(int state, byte value)
    {
        foreach (ByteEdge edge in Edges[state])
        {
            if (value <= edge.High)
            {
                return value >= edge.Low ? edge.Target : -1;
            }
        }

        return -1;
    }
}
