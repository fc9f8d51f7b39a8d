using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>Cuts words where no piece can reach across, which leaves far fewer distinct strings to learn from.</summary>
internal static class Segments
{
    /// <summary>Distinct stretches of covered characters with their summed counts, in the order of their code points.</summary>
    public static IReadOnlyList<CountedText> Of(IReadOnlyList<CountedText> words, Alphabet alphabet, PieceRules rules)
    {
        Dictionary<string, (long Count, int Follower)> segments = new(StringComparer.Ordinal);
        StringBuilder current = new();
        foreach (CountedText word in words)
        {
            int previous = PieceRules.UnknownCharacter;
            foreach (Rune rune in word.Text.EnumerateRunes())
            {
                int next = alphabet.Covers(rune.Value) ? rune.Value : PieceRules.UnknownCharacter;
                if (rules.IsBoundary(previous, next))
                    Flush(current, word.Count, next, segments);
                if (next != PieceRules.UnknownCharacter)
                    current.Append(rune.ToString());
                previous = next;
            }
            Flush(current, word.Count, CountedText.AnyFollower, segments);
        }
        return
        [
            .. segments.Select(entry => new CountedText(entry.Key, entry.Value.Count, entry.Value.Follower))
                .OrderBy(segment => segment.Text, Comparer<string>.Create(CodePoints.Compare)),
        ];
    }

    private static void Flush(StringBuilder current, long count, int follower, Dictionary<string, (long Count, int Follower)> segments)
    {
        if (current.Length == 0)
            return;
        ref (long Count, int Follower) segment = ref CollectionsMarshal.GetValueRefOrAddDefault(segments, current.ToString(), out bool known);
        segment = (segment.Count + count, known && segment.Follower != follower ? CountedText.AnyFollower : follower);
        current.Clear();
    }
}
