using System.Text;

namespace Sequor.Tests.House;

/// <summary>Tells code from what only stands in it: comments, strings and characters.</summary>
internal static class CSharpCode
{
    /// <summary>Blanks comments, strings and characters out; line ends stay.</summary>
    /// <param name="text">A C# file's text.</param>
    /// <returns>The code alone.</returns>
    public static string Of(string text)
    {
        StringBuilder code = new(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int end = EndOfBlank(text, at);
            if (end == at)
            {
                code.Append(text[at++]);
                continue;
            }

            code.Append(' ').Append('\n', text.AsSpan(at, end - at).Count('\n'));
            at = end;
        }

        return code.ToString();
    }

    // Where a comment, string or character that begins here ends; the place itself where none begins.
    private static int EndOfBlank(string text, int at) => text[at] switch
    {
        '/' when Is(text, at + 1, '/') => EndAt(text.IndexOf('\n', at), text),
        '/' when Is(text, at + 1, '*') => EndAt(text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2, text),
        '\'' => EndOfCharacter(text, at),
        '"' => EndOfString(text, at),
        _ => at,
    };

    private static int EndOfCharacter(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && text[end] != '\'')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return EndAt(end + 1, text);
    }

    private static int EndOfString(string text, int at)
    {
        int quotes = 0;
        while (Is(text, at + quotes, '"'))
        {
            quotes++;
        }

        if (quotes == 2)
        {
            return at + 2;
        }

        if (quotes >= 3)
        {
            return EndAt(text.IndexOf(new string('"', quotes), at + quotes, StringComparison.Ordinal) + quotes, text);
        }

        string prefix = text[Math.Max(0, at - 2)..at];
        return EndOfOrdinaryString(text, at + 1, prefix.Contains('@', StringComparison.Ordinal), prefix.Contains('$', StringComparison.Ordinal));
    }

    private static int EndOfOrdinaryString(string text, int at, bool isVerbatim, bool isInterpolated)
    {
        int depth = 0;
        for (int i = at; i < text.Length; i++)
        {
            if (text[i] == '\\' && !isVerbatim && depth == 0)
            {
                i++;
            }
            else if (isInterpolated && text[i] is '{' or '}')
            {
                depth = Math.Max(0, depth + (text[i] == '{' ? 1 : -1));
            }
            else if (text[i] == '"' && isVerbatim && Is(text, i + 1, '"'))
            {
                i++;
            }
            else if (text[i] == '"' && depth > 0)
            {
                i = EndOfString(text, i) - 1;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static bool Is(string text, int at, char wanted) => at < text.Length && text[at] == wanted;

    private static int EndAt(int end, string text) => end < 2 || end > text.Length ? text.Length : end;
}
