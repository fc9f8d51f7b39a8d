using System.Globalization;
using System.Text;

namespace Sequor.Scoring;

/// <summary>Lower-casing by Unicode's full default mapping, as Python's <c>str.lower</c> does it.</summary>
internal static class LowerCase
{
    internal static string Of(string text)
    {
        var lower = new StringBuilder(text.Length);
        var position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                // The one letter whose lower case is two code points wherever it stands.
                case 'İ':
                    lower.Append("i\u0307");
                    break;
                case 'Σ':
                    lower.Append(IsFinalSigma(text, position) ? 'ς' : 'σ');
                    break;
                case KelvinSign:
                    lower.Append('k');
                    break;
                default:
                    lower.Append(Rune.ToLowerInvariant(rune).ToString());
                    break;
            }

            position += rune.Utf16SequenceLength;
        }

        return lower.ToString();
    }

    internal const int KelvinSign = 0x212A;

    // Unicode's Final_Sigma: a cased letter before and none after, looking past marks and apostrophes.
    private static bool IsFinalSigma(string text, int position) =>
        FirstThatCounts(text.AsSpan(0, position), backwards: true) && !FirstThatCounts(text.AsSpan(position + 1), backwards: false);

    private static bool FirstThatCounts(ReadOnlySpan<char> text, bool backwards)
    {
        while (!text.IsEmpty)
        {
            Rune rune;
            int length;
            if (backwards)
                Rune.DecodeLastFromUtf16(text, out rune, out length);
            else
                Rune.DecodeFromUtf16(text, out rune, out length);

            if (!IsCaseIgnorable(rune))
                return IsCased(rune);
            text = backwards ? text[..^length] : text[length..];
        }

        return false;
    }

    private static bool IsCaseIgnorable(Rune rune) =>
        rune.Value is '\'' or '.' or ':' or '·' or '‘' or '’' or '․' or '‧'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static bool IsCased(Rune rune) =>
        rune.Value is 'ª' or 'º'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;
}
