using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>The characters that every vocabulary of a corpus must hold.</summary>
internal sealed class Alphabet
{
    private readonly HashSet<int> _covered;

    private Alphabet(IReadOnlyList<(int CodePoint, long Count)> characters)
    {
        Characters = characters;
        _covered = [.. characters.Select(character => character.CodePoint)];
    }

    /// <summary>Covered characters by falling frequency, then by code point.</summary>
    public IReadOnlyList<(int CodePoint, long Count)> Characters { get; }

    /// <summary>Says whether a code point is covered.</summary>
    public bool Covers(int codePoint) => _covered.Contains(codePoint);

    /// <summary>Takes characters by falling frequency until they make up the wanted share of the corpus.</summary>
    /// <param name="words">The corpus.</param>
    /// <param name="options">The share to cover and the characters to take in any case.</param>
    /// <param name="givenPieces">Texts that are pieces already; a character among them is not covered twice.</param>
    public static Alphabet Of(IReadOnlyList<CountedText> words, SubwordTrainingOptions options, IEnumerable<string> givenPieces)
    {
        Dictionary<int, long> counts = [];
        foreach (CountedText word in words)
        {
            foreach (Rune rune in word.Text.EnumerateRunes())
                CollectionsMarshal.GetValueRefOrAddDefault(counts, rune.Value, out _) += word.Count;
        }
        // A gap left by a symbol counts as text for the share, as in SentencePiece, but U+0000 does not.
        counts.Remove(0);
        long total = counts.Values.Sum();

        HashSet<int> required = [.. options.RequiredCharacters.EnumerateRunes().Select(rune => rune.Value).Where(value => value != 0)];
        foreach (int codePoint in required)
            counts.TryAdd(codePoint, 0);
        HashSet<string> given = [.. givenPieces];

        List<(int, long)> covered = [];
        long reached = 0;
        foreach ((int codePoint, long count) in Sorted(counts, required))
        {
            // In single precision, because the same corpus must give the same alphabet as SentencePiece.
            if ((float)((double)reached / total) >= options.CharacterCoverage && !required.Contains(codePoint))
                break;
            reached += count;
            if (codePoint != PieceRules.SymbolGap && !given.Contains(new Rune(codePoint).ToString()))
                covered.Add((codePoint, count));
        }
        return new Alphabet([.. covered.OrderByDescending(entry => entry.Item2).ThenBy(entry => entry.Item1)]);
    }

    private static IEnumerable<(int CodePoint, long Count)> Sorted(Dictionary<int, long> counts, HashSet<int> required) =>
        counts.Select(entry => (entry.Key, entry.Value))
            .OrderByDescending(entry => required.Contains(entry.Key))
            .ThenByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key);
}
