using System.Globalization;
using System.Text;
using Sequor.Text;

namespace Sequor.Batching;

/// <summary>
/// A fingerprint of a sentence that ignores case, punctuation, symbols and white space: equal for sentences that a reader
/// would call the same. A sentence of nothing else is taken as it stands.
/// </summary>
internal static class SentenceKey
{
    private const ulong Prime = 0x100000001B3;
    private const ulong Basis = 0xCBF29CE484222325;

    internal static ulong Of(string sentence)
    {
        ulong hash = Basis;
        foreach (Rune rune in TextTransforms.Lowercase(TextTransforms.Nfc(sentence)).EnumerateRunes())
        {
            if (IsKept(Rune.GetUnicodeCategory(rune)))
                hash = (hash ^ (uint)rune.Value) * Prime;
        }

        return KeyedRandom.Mix(hash == Basis ? AsItStands(sentence) : hash);
    }

    private static ulong AsItStands(string sentence)
    {
        ulong hash = ~Basis;
        foreach (char unit in sentence.AsSpan().Trim())
            hash = (hash ^ unit) * Prime;
        return hash;
    }

    /// <summary>Letters, marks and numbers.</summary>
    private static bool IsKept(UnicodeCategory category) => category <= UnicodeCategory.OtherNumber;
}
