using System.Buffers;

namespace Sequor.Server.Documents.Units;

/// <summary>Addresses of the web and of mail that stand in text, and are not translated.</summary>
internal static class WebAddresses
{
    /// <summary>A text with more is a list that no sentence is around, and would be slow to place.</summary>
    private const int MostAddresses = 200;

    private static readonly SearchValues<string> _beginnings = SearchValues.Create(["http://", "https://", "ftp://", "mailto:", "www."], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> _inAddress =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>Marks of addresses in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">Where it begins in the unit's text.</param>
    /// <param name="escape">Makes an address into markup.</param>
    public static List<InlineMark> MarksIn(string text, int offset, TextEscape escape)
    {
        List<InlineMark> marks = [];
        int place = 0;
        while (place < text.Length && text.AsSpan(place).IndexOfAny(_beginnings) is >= 0 and var found)
        {
            int start = place + found;
            if (start > 0 && char.IsLetterOrDigit(text[start - 1]))
            {
                place = start + 1;
                continue;
            }

            int length = text.AsSpan(start).IndexOfAnyExcept(_inAddress);
            ReadOnlySpan<char> address = length < 0 ? text.AsSpan(start) : text.AsSpan(start, length);
            address = address.TrimEnd(".,;:!?'");
            if (address.EndsWith(')') && !address.Contains('('))
                address = address[..^1];
            place = start + Math.Max(1, address.Length);
            marks.Add(new InlineMark(MarkKind.Protected, offset + start, new MarkSource(0, 0, escape(address.ToString(), false))) { End = offset + place });
        }

        return marks.Count <= MostAddresses ? marks : [];
    }

    /// <summary>Whether there is a letter in text; without one there is nothing to translate.</summary>
    public static bool ContainsAnyLetter(this ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            // Letters beyond the first plane are two surrogates.
            if (char.IsLetter(unit) || char.IsHighSurrogate(unit))
                return true;
        }

        return false;
    }
}
