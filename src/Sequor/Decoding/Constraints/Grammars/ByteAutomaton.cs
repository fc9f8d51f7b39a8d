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
    /// <summary>The automaton of a list of texts: a trie, whose states are runs of the sorted list.</summary>
    internal static ByteAutomaton OfTexts(IEnumerable<string> texts)
    {
        byte[][] sorted = [.. texts.Select(Encoding.UTF8.GetBytes)];
        Array.Sort(sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        List<(int First, int End, int Depth)> runs = [(0, sorted.Length, 0)];
        List<ByteEdge[]> edges = [];
        List<bool> accepts = [];
        List<ByteEdge> found = [];
        for (int state = 0; state < runs.Count; state++)
        {
            (int first, int end, int depth) = runs[state];
            accepts.Add(first < end && sorted[first].Length == depth);
            while (first < end && sorted[first].Length == depth)
            {
                first++;
            }

            found.Clear();
            while (first < end)
            {
                byte value = sorted[first][depth];
                int next = first + 1;
                while (next < end && sorted[next][depth] == value)
                {
                    next++;
                }

                found.Add(new ByteEdge(value, value, runs.Count));
                runs.Add((first, next, depth + 1));
                first = next;
            }

            edges.Add([.. found]);
        }

        return new ByteAutomaton([.. edges], [.. accepts]);
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
