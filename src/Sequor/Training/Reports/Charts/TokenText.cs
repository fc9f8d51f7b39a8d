using System.Globalization;
using System.Text;

namespace Sequor.Training.Reports.Charts;

/// <summary>Makes tokens fit beside a picture.</summary>
internal static class TokenText
{
    /// <summary>Guesses the width of a text in columns of a Latin letter's width.</summary>
    /// <param name="text">The text.</param>
    /// <returns>0 or more: a mark that stands on another letter takes no column, a Chinese character takes two.</returns>
    public static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    /// <summary>Shortens a token that is too wide.</summary>
    /// <param name="text">The token.</param>
    /// <param name="maxColumns">The most columns, 1 or more.</param>
    /// <returns>The token, or its beginning and an ellipsis.</returns>
    public static string Shorten(string text, int maxColumns)
    {
        if (Columns(text) <= maxColumns)
        {
            return text;
        }

        StringBuilder kept = new();
        int columns = 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            columns += Columns(rune);
            if (columns > maxColumns)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // The blocks of East Asian scripts, their full-width forms, and pictographs.
    private static bool IsWide(int value) => value
        is (>= 0x1100 and <= 0x115F)
        or (>= 0x2E80 and <= 0xA4CF)
        or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60)
        or (>= 0x1F300 and <= 0x1FAFF)
        or (>= 0x20000 and <= 0x3FFFD);
}
