using System.Text;
using Sequor.Text.Unicode;

namespace Sequor.Text;

/// <summary>
/// Changes of spelling for whole corpora, from the tables we carry (Unicode 14.0.0), so that they are the same on every
/// system and runtime. A lone surrogate counts as U+FFFD.
/// </summary>
public static class TextTransforms
{
    /// <summary>The first code point that a composition could end on; text below it is in NFC.</summary>
    private const char FirstCombining = '\u0300';

    /// <summary>The lower case of every character by itself: no language, no look at the neighbours (a capital sigma is always σ).</summary>
    public static string Lowercase(string text)
    {
        Dictionary<int, int[]> lower = UnicodeTables.Shared.Lower;
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x80)
            {
                result.Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (lower.TryGetValue(rune.Value, out int[]? parts))
            {
                Append(result, parts);
            }
            else
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    /// <summary>Normal form C: characters composed where Unicode knows the composition.</summary>
    public static string Nfc(string text) => IsBelow(text, FirstCombining) ? text : ToText(Normalization.Nfc(CodePoints(text)));

    /// <summary>Normal form KC: compatibility characters (full width, ligatures, superscripts) replaced, then composed.</summary>
    public static string Nfkc(string text) => IsBelow(text, '\u0080') ? text : ToText(Normalization.Nfkc(CodePoints(text)));

    private static bool IsBelow(string text, char limit) => !text.AsSpan().ContainsAnyInRange(limit, char.MaxValue);

    private static IEnumerable<int> CodePoints(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            yield return rune.Value;
        }
    }

    private static string ToText(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        Append(text, codePoints);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<int> codePoints)
    {
        foreach (int codePoint in codePoints)
        {
            text.Append(new Rune(codePoint));
        }
    }
}
