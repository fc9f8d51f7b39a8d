using System.Buffers;
using System.Globalization;
using System.Text;
using Sequor.Text.Training;

namespace Sequor.Text.Sentences;

/// <summary>The classes of characters that matter where sentences begin and end.</summary>
internal static class Characters
{
    private const int MostQuotesTogether = 8;

    /// <summary>Marks that may end a sentence, in any script; all of them are one UTF-16 unit.</summary>
    private static readonly SearchValues<char> _endMarks =
        SearchValues.Create(".!?…‼⁇⁈⁉‽。．！？｡؟۔։।॥።፧။។៕᠃᠉꓿܀܁܂");

    /// <summary>End marks that take their own room, so that no space follows them.</summary>
    private static readonly SearchValues<char> _wideEndMarks = SearchValues.Create("。．！？｡");

    private static readonly SearchValues<char> _closers =
        SearchValues.Create("”)]}）］｝」』】》〉〕〗｣¹²³⁰⁴⁵⁶⁷⁸⁹");

    /// <summary>Quotes that close in one language and open in another, and marks of Markdown.</summary>
    private static readonly SearchValues<char> _unclearClosers = SearchValues.Create("\"'’“‘‟»«›‹＂＇*_`");

    private static readonly SearchValues<char> _wideOpeners = SearchValues.Create("（［｛「『【《〈〔〖｢“‘");

    private static readonly SearchValues<char> _openers = SearchValues.Create("\"'“”„‚‘’‟«»‹›([{（［｛「『【《〈〔〖｢¿¡*_`#–—―‒-•·");

    /// <summary>Marks that go on with a sentence, whatever stood before them.</summary>
    private static readonly SearchValues<char> _joiners = SearchValues.Create(",;:，、；：،؛·%&=/");

    /// <summary>Whether a unit is a mark that may end a sentence.</summary>
    public static bool IsEndMark(char unit) => _endMarks.Contains(unit);

    /// <summary>Whether one of these marks is an end mark of Chinese or Japanese.</summary>
    public static bool HasWideEndMark(ReadOnlySpan<char> marks) => marks.ContainsAny(_wideEndMarks);

    /// <summary>Whether the unit at a place, close behind an end mark, belongs to what ends there.</summary>
    public static bool IsCloserAt(string text, int place, int end)
    {
        if (_closers.Contains(text[place]))
            return true;
        if (!_unclearClosers.Contains(text[place]))
            return false;
        int behind = place + 1;
        int limit = Math.Min(end, place + MostQuotesTogether);
        while (behind < limit && _unclearClosers.Contains(text[behind]))
            behind++;
        return behind >= end || char.IsWhiteSpace(text[behind]) || IsEndMark(text[behind]) || IsJoiner(text[behind]) || _closers.Contains(text[behind]);
    }

    /// <summary>Whether a unit opens a quote or bracket of Chinese or Japanese.</summary>
    public static bool IsWideOpener(char unit) => _wideOpeners.Contains(unit);

    /// <summary>Whether a unit may stand before the first word of a sentence.</summary>
    public static bool IsOpener(char unit) => _openers.Contains(unit);

    /// <summary>Whether a unit shows that the sentence goes on.</summary>
    public static bool IsJoiner(char unit) => _joiners.Contains(unit);

    /// <summary>Whether a letter belongs to a script written without spaces between words: Chinese, and both kana.</summary>
    public static bool IsUnspaced(Rune rune) =>
        UnicodeScripts.Of(rune.Value) is UnicodeScripts.Han or UnicodeScripts.Hiragana or UnicodeScripts.Katakana;

    /// <summary>The character at a place; U+FFFD for half a surrogate pair.</summary>
    public static Rune At(string text, int place)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(place), out Rune rune, out _);
        return rune;
    }

    /// <summary>The character that ends before a place.</summary>
    public static Rune Before(string text, int place)
    {
        _ = Rune.DecodeLastFromUtf16(text.AsSpan(0, place), out Rune rune, out _);
        return rune;
    }

    /// <summary>Whether the character at a place is a letter or a digit.</summary>
    public static bool IsWordAt(string text, int place) =>
        char.IsSurrogate(text[place]) ? Rune.IsLetterOrDigit(At(text, place)) : char.IsLetterOrDigit(text[place]);

    /// <summary>Whether text has a capital anywhere; where it has none, a small letter may begin a sentence.</summary>
    public static bool HasUpperCase(ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            if (char.IsUpper(unit))
                return true;
        }

        return false;
    }

    /// <summary>Whether nothing may be cut off before this character: it changes the one before it.</summary>
    public static bool ClingsToTheLast(Rune rune) => rune.Value is 0x200D or (>= 0x1F3FB and <= 0x1F3FF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>The letters and digits that begin at a place; none where something else stands there.</summary>
    public static ReadOnlySpan<char> WordAt(string text, int place, int end)
    {
        int behind = place;
        while (behind < end && (IsWordAt(text, behind) || char.IsLowSurrogate(text[behind])))
            behind++;
        return text.AsSpan(place, behind - place);
    }

    /// <summary>The first place from one on that is no white space.</summary>
    public static int SkipSpaces(string text, int place, int end)
    {
        while (place < end && char.IsWhiteSpace(text[place]))
            place++;
        return place;
    }
}
