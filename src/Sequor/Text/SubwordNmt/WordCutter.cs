using System.Text;
using Sequor.Text.Segmentation;

namespace Sequor.Text.SubwordNmt;

/// <summary>Cuts one word by merges, and its pieces further where a vocabulary does not hold them.</summary>
/// <param name="codes">The merges.</param>
/// <param name="separator">What stands behind pieces that do not end the word.</param>
/// <param name="allowed">The pieces that may be written, separators included; null for all.</param>
internal sealed class WordCutter(MergeCodes codes, string separator, IReadOnlySet<string>? allowed)
{
    /// <summary>Appends the word's pieces without separators.</summary>
    /// <param name="word">Not empty.</param>
    /// <param name="dropout">The probability that a merge is left out each time that it could be made (Provilkov et al. 2020); 0 for none.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="pieces">Where the pieces go.</param>
    internal void Cut(string word, double dropout, ref KeyedRandom random, List<string> pieces)
    {
        List<string> symbols = Characters(word);
        if (symbols.Count == 1)
        {
            pieces.Add(word);
            return;
        }

        MarkEnd(symbols);
        var places = new List<int>();
        while (symbols.Count > 1 && BestMerge(symbols, dropout, ref random, places) < int.MaxValue)
        {
            Merge(symbols, places);
        }

        DropEnd(symbols);
        Allow(symbols, pieces);
    }

    private static List<string> Characters(string word)
    {
        var characters = new List<string>(word.Length + 1);
        foreach (Rune rune in word.EnumerateRunes())
        {
            characters.Add(rune.ToString());
        }

        return characters;
    }

    private void MarkEnd(List<string> symbols)
    {
        if (codes.IsFirstVersion)
        {
            symbols.Add(MergeCodes.WordEnd);
        }
        else
        {
            symbols[^1] += MergeCodes.WordEnd;
        }
    }

    private static void DropEnd(List<string> symbols)
    {
        symbols[^1] = symbols[^1].EndsWith(MergeCodes.WordEnd, StringComparison.Ordinal) ? symbols[^1][..^MergeCodes.WordEnd.Length] : symbols[^1];
        if (symbols[^1].Length == 0)
        {
            symbols.RemoveAt(symbols.Count - 1);
        }
    }

    /// <summary>Finds the places of the earliest merge that chance leaves in.</summary>
    /// <returns>Its rank; int.MaxValue when there is none.</returns>
    private int BestMerge(List<string> symbols, double dropout, ref KeyedRandom random, List<int> places)
    {
        int best = int.MaxValue;
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            int rank = codes.RankOf(symbols[i], symbols[i + 1]);
            if (rank == int.MaxValue || rank > best || (dropout > 0 && random.NextDouble() < dropout))
            {
                continue;
            }

            if (rank < best)
            {
                best = rank;
                places.Clear();
            }

            places.Add(i);
        }

        return best;
    }

    private static void Merge(List<string> symbols, List<int> places)
    {
        int kept = 0, next = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            // Of "x x x" the first two merge; the place of the second is behind us then.
            while (next < places.Count && places[next] < i)
            {
                next++;
            }

            bool merges = next < places.Count && places[next] == i;
            symbols[kept++] = merges ? symbols[i] + symbols[i + 1] : symbols[i];
            i += merges ? 1 : 0;
        }

        symbols.RemoveRange(kept, symbols.Count - kept);
    }

    private void Allow(List<string> symbols, List<string> pieces)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            Allow(symbols[i], i == symbols.Count - 1, pieces);
        }
    }

    /// <summary>Undoes merges until every part is allowed, or was never merged.</summary>
    private void Allow(string symbol, bool isLast, List<string> pieces)
    {
        bool isAllowed = allowed is null || allowed.Contains(isLast ? symbol : symbol + separator);
        if (isAllowed || !codes.TryPart(isLast ? symbol + MergeCodes.WordEnd : symbol, out (string Left, string Right) parts)
            || (isLast && !parts.Right.EndsWith(MergeCodes.WordEnd, StringComparison.Ordinal)))
        {
            pieces.Add(symbol);
            return;
        }

        string right = isLast ? parts.Right[..^MergeCodes.WordEnd.Length] : parts.Right;
        if (right.Length == 0)
        {
            // Version 0.1 merges the mark of the end by itself, and undoing that leaves the same piece.
            AllowParts(parts.Left, pieces);
            return;
        }

        Allow(parts.Left, isLast: false, pieces);
        Allow(right, isLast, pieces);
    }

    private void AllowParts(string symbol, List<string> pieces)
    {
        if (!codes.TryPart(symbol, out (string Left, string Right) parts))
        {
            pieces.Add(symbol);
            return;
        }

        Allow(parts.Left, isLast: false, pieces);
        if (allowed!.Contains(parts.Right))
        {
            pieces.Add(parts.Right);
        }
        else
        {
            AllowParts(parts.Right, pieces);
        }
    }
}
