using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>Cuts words where no piece can reach across, which leaves far fewer distinct strings to learn from.</summary>
internal static class Segments
{
    /// <summary>Distinct stretches of covered characters with their summed counts, in the order of their code points.</summary>
    public static IReadOnlyList<CountedText> Of(IReadOnlyList<CountedText> words, Alphabet alphabet, PieceRules rules)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        StringBuilder current = new();
        foreach (CountedText word in words)
        {
            int previous = PieceRules.UnknownCharacter;
            foreach (Rune rune in word.Text.EnumerateRunes())
            {
                int next = alphabet.Covers(rune.Value) ? rune.Value : PieceRules.UnknownCharacter;
                if (rules.IsBoundary(previous, next))
                    Flush(current, word.Count, counts);
                if (next != PieceRules.UnknownCharacter)
                    current.Append(rune.ToString());
                previous = next;
            }
            Flush(current, word.Count, counts);
        }
        return
        [
            .. counts.Select(entry => new CountedText(entry.Key, entry.Value))
                .OrderBy(segment => segment.Text, Comparer<string>.Create(CodePoints.Compare)),
        ];
    }

    private static void Flush(StringBuilder current, long count, Dictionary<string, long> counts)
    {
        if (current.Length == 0)
            return;
        CollectionsMarshal.GetValueRefOrAddDefault(counts, current.ToString(), out _) += count;
        current.Clear();
    }
}
