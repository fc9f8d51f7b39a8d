using System.Text;

namespace Sequor.Server.Documents.Markdown;

/// <summary>Text as it is written in Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Text with a backslash before whatever would be markup.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isFirst">Whether it begins a block, where more is markup: bullets, headings, numbers of lists.</param>
    /// <param name="isCell">Whether it stands in a table, where a bar parts cells.</param>
    public static string Escape(string text, bool isFirst, bool isCell)
    {
        StringBuilder escaped = new(text.Length);
        int place = isFirst ? EscapeBeginning(text, escaped) : 0;
        for (; place < text.Length; place++)
        {
            char unit = text[place];
            if (unit == '\n' || unit == '\r')
            {
                escaped.Append(' ');
                continue;
            }

            if (IsMarkup(text, place) || (isCell && unit == '|'))
                escaped.Append('\\');
            escaped.Append(unit);
        }

        return escaped.ToString();
    }

    /// <summary>Text in a title of a link, between quotes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quote">The quote that closes it.</param>
    public static string EscapeTitle(string text, char quote)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char unit in text)
        {
            if (unit == quote || unit == '\\' || (quote == ')' && unit == '('))
                escaped.Append('\\');
            escaped.Append(unit is '\n' or '\r' ? ' ' : unit);
        }

        return escaped.ToString();
    }

    private static bool IsMarkup(string text, int place)
    {
        char before = place > 0 ? text[place - 1] : ' ';
        bool isLast = place + 1 == text.Length;
        char behind = isLast ? ' ' : text[place + 1];
        return text[place] switch
        {
            '\\' => !char.IsAsciiLetterOrDigit(behind) && !char.IsWhiteSpace(behind),
            '*' or '`' or '[' or ']' => true,
            '_' => !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(behind)),
            '~' => before == '~' || behind == '~',
            // What follows the last character is another mark, and may make a tag or a reference of it.
            '<' => isLast || char.IsAsciiLetter(behind) || behind is '/' or '!' or '?',
            '&' => isLast || char.IsAsciiLetter(behind) || behind == '#',
            _ => false,
        };
    }

    private static int EscapeBeginning(string text, StringBuilder escaped)
    {
        if (text.Length == 0)
            return 0;
        if (text[0] is '#' or '>' or '+' or '-' or '=' or '~' or '|' or ':')
        {
            escaped.Append('\\').Append(text[0]);
            return 1;
        }

        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits == 0 || digits == text.Length || text[digits] is not ('.' or ')'))
            return 0;
        escaped.Append(text, 0, digits).Append('\\').Append(text[digits]);
        return digits + 1;
    }
}
