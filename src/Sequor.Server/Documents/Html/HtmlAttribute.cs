namespace Sequor.Server.Documents.Html;

/// <summary>An attribute of a tag.</summary>
/// <param name="Name">Its name in small letters.</param>
/// <param name="ValueStart">Where its value begins, behind the quote.</param>
/// <param name="ValueEnd">Where its value ends, before the quote.</param>
/// <param name="Quote">The quote; NUL for none.</param>
internal readonly record struct HtmlAttribute(string Name, int ValueStart, int ValueEnd, char Quote)
{
    /// <summary>The attributes of a tag; of equal names the first counts.</summary>
    /// <param name="source">The document.</param>
    /// <param name="tag">The tag.</param>
    public static IEnumerable<HtmlAttribute> Of(string source, HtmlToken tag)
    {
        int place = tag.Start + 1 + tag.Name.Length;
        int end = tag.End - 1;
        while (place < end)
        {
            while (place < end && (char.IsWhiteSpace(source[place]) || source[place] == '/'))
                place++;
            int name = place;
            while (place < end && !char.IsWhiteSpace(source[place]) && source[place] is not '/' && (source[place] is not '=' || place == name))
                place++;
            int nameEnd = place;
            place = SkipSpaces(source, place, end);
            if (place >= end || source[place] != '=')
                continue;
            place = SkipSpaces(source, place + 1, end);
            char quote = place < end && source[place] is '"' or '\'' ? source[place] : '\0';
            int value = quote == '\0' ? place : place + 1;
            int valueEnd = EndOfValue(source, value, end, quote);
            place = quote == '\0' ? valueEnd : valueEnd + 1;
            yield return new HtmlAttribute(source[name..nameEnd].ToLowerInvariant(), value, valueEnd, quote);
        }
    }

    /// <summary>The value as it is written.</summary>
    public string RawValue(string source) => source[ValueStart..ValueEnd];

    private static int EndOfValue(string source, int place, int end, char quote)
    {
        while (place < end && (quote == '\0' ? !char.IsWhiteSpace(source[place]) : source[place] != quote))
            place++;
        return place;
    }

    private static int SkipSpaces(string source, int place, int end)
    {
        while (place < end && char.IsWhiteSpace(source[place]))
            place++;
        return place;
    }
}
