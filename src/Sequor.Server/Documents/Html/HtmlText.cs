using System.Net;
using System.Text;

namespace Sequor.Server.Documents.Html;

/// <summary>Text in HTML: references to characters, there and back.</summary>
internal static class HtmlText
{
    private const int LongestReference = 32;

    /// <summary>The reference at a place, such as <c>&amp;amp;</c> or <c>&amp;#8211;</c>.</summary>
    /// <param name="source">The document.</param>
    /// <param name="place">Where an ampersand stands.</param>
    /// <param name="end">Where the text ends.</param>
    /// <param name="decoded">What it stands for; null for a name that is not known here.</param>
    /// <returns>The place behind it; the place itself where a lone ampersand stands.</returns>
    public static int Reference(string source, int place, int end, out string? decoded)
    {
        decoded = null;
        int behind = place + 1;
        int limit = Math.Min(end, place + LongestReference);
        while (behind < limit && (char.IsAsciiLetterOrDigit(source[behind]) || (behind == place + 1 && source[behind] == '#')))
            behind++;
        if (behind >= limit || source[behind] != ';' || behind == place + 1)
            return place;
        string reference = source[place..(behind + 1)];
        string text = WebUtility.HtmlDecode(reference);
        decoded = text == reference ? null : text;
        return behind + 1;
    }

    /// <summary>The text of a value, references resolved; names that are not known stay as they are.</summary>
    public static string Decode(string value) => WebUtility.HtmlDecode(value);

    /// <summary>Text as it is written between tags.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text) => Escape(text, '\0');

    /// <summary>Text as it is written in a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quote">The quote around it; NUL where none stands and one is added.</param>
    public static string EscapeValue(string text, char quote)
    {
        string escaped = Escape(text, quote == '\0' ? '"' : quote);
        return quote == '\0' ? $"\"{escaped}\"" : escaped;
    }

    private static string Escape(string text, char quote)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char unit in text)
        {
            _ = unit switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\u00A0' => escaped.Append("&nbsp;"),
                '"' when quote == '"' => escaped.Append("&quot;"),
                '\'' when quote == '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(unit),
            };
        }

        return escaped.ToString();
    }
}
