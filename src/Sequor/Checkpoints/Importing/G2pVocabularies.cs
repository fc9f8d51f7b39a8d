using Sequor.Text;

namespace Sequor.Checkpoints.Importing;

/// <summary>The pieces of the grapheme-to-phoneme model of <c>g2p_en</c>, which its archive does not hold: letters, and the phonemes of the CMU dictionary with
/// their stress.</summary>
internal static class G2pVocabularies
{
    private static readonly string[] _vowels = ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"];

    private static readonly string[] _others =
        ["B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M", "N", "NG", "P", "R", "S", "SH", "T", "TH", "UW", "V", "W", "Y", "Z", "ZH"];

    /// <summary>29: three special pieces, then a to z.</summary>
    internal static Vocabulary Letters => new(
        [SpecialTokens.Padding, SpecialTokens.Unknown, SpecialTokens.End, .. Enumerable.Range('a', 26).Select(letter => ((char)letter).ToString())]);

    /// <summary>74: four special pieces, then vowels with stress 0 to 2 and all other phonemes (UW among them), in alphabetical order.</summary>
    internal static Vocabulary Phonemes => new(
    [
        SpecialTokens.Padding, SpecialTokens.Unknown, SpecialTokens.Begin, SpecialTokens.End,
        .. _vowels.SelectMany(vowel => (string[])[vowel + "0", vowel + "1", vowel + "2"]).Concat(_others).Order(StringComparer.Ordinal),
    ]);
}
