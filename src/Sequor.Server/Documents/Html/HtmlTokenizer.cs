using System.Buffers;

namespace Sequor.Server.Documents.Html;

/// <summary>
/// Cuts HTML into tags, text and the rest as browsers do (WHATWG HTML, 13.2.5), without mending anything: whatever is malformed stays as it is written.
/// </summary>
/// <param name="source">The document.</param>
internal sealed class HtmlTokenizer(string source)
{
    private static readonly SearchValues<char> _endsName = SearchValues.Create(" \t\n\r\f/>");

    private readonly List<HtmlToken> _tokens = [];

    private int _place;

    /// <summary>Where a comment ends next; looked for anew where that is passed.</summary>
    private int _commentEnd = -1;

    /// <summary>The tokens.</summary>
    /// <param name="source">The document.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<HtmlToken> Cut(string source, CancellationToken cancellation = default) => new HtmlTokenizer(source).Cut(cancellation);

    private List<HtmlToken> Cut(CancellationToken cancellation)
    {
        int text = 0;
        while (_place < source.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int mark = source.IndexOf('<', _place);
            if (mark < 0)
                break;
            int end = EndOfMarkup(mark, out HtmlTokenKind kind);
            if (end < 0)
            {
                _place = mark + 1;
                continue;
            }

            Add(HtmlTokenKind.Text, text, mark);
            AddMarkup(kind, mark, end);
            text = _place;
        }

        Add(HtmlTokenKind.Text, text, source.Length);
        return _tokens;
    }

    private void Add(HtmlTokenKind kind, int start, int end)
    {
        if (end > start)
            _tokens.Add(new HtmlToken(kind, start, end, "", false));
        _place = end;
    }

    private void AddMarkup(HtmlTokenKind kind, int start, int end)
    {
        if (kind == HtmlTokenKind.Other)
        {
            Add(kind, start, end);
            return;
        }

        int from = start + (kind == HtmlTokenKind.Close ? 2 : 1);
        int length = source.AsSpan(from, end - from).IndexOfAny(_endsName);
        string name = source.Substring(from, length < 0 ? end - from : length).ToLowerInvariant();
        _tokens.Add(new HtmlToken(kind, start, end, name, source[end - 1] == '>' && source[end - 2] == '/'));
        _place = end;
        if (kind == HtmlTokenKind.Open && HtmlElements.HasRawText(name))
            Add(HtmlTokenKind.Other, end, EndOfRawText(end, name));
    }

    /// <summary>Where markup that begins here ends; below 0 where a lone &lt; stands in text.</summary>
    private int EndOfMarkup(int start, out HtmlTokenKind kind)
    {
        kind = HtmlTokenKind.Other;
        char next = start + 1 < source.Length ? source[start + 1] : ' ';
        if (next == '!')
        {
            return source.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal) ? EndOfComment(start)
                : source.AsSpan(start).StartsWith("<![CDATA[", StringComparison.Ordinal) ? Behind("]]>", start)
                : Behind(">", start);
        }

        if (next == '?')
            return Behind(">", start);
        bool closes = next == '/';
        if (closes)
            next = start + 2 < source.Length ? source[start + 2] : ' ';
        if (!char.IsAsciiLetter(next))
            return closes && start + 2 < source.Length ? Behind(">", start) : -1;
        kind = closes ? HtmlTokenKind.Close : HtmlTokenKind.Open;
        int end = EndOfTag(start + 1);
        if (end < 0)
            kind = HtmlTokenKind.Other;
        return end < 0 ? source.Length : end;
    }

    private int EndOfComment(int start)
    {
        if (source.AsSpan(start + 4).StartsWith(">", StringComparison.Ordinal))
            return start + 5;
        // Comments that close in the second way only would each be searched to the end of the document for the first.
        int from = Math.Min(start + 4, source.Length);
        if (_commentEnd < from)
            _commentEnd = source.IndexOf("-->", from, StringComparison.Ordinal) is >= 0 and var found ? found : source.Length;
        int other = source.IndexOf("--!>", from, _commentEnd - from, StringComparison.Ordinal);
        return other >= 0 ? other + 4 : Math.Min(source.Length, _commentEnd + 3);
    }

    private int Behind(string mark, int start)
    {
        int found = source.IndexOf(mark, start, StringComparison.Ordinal);
        return found < 0 ? source.Length : found + mark.Length;
    }

    /// <summary>The place behind a tag's &gt;; a &gt; within a quoted value does not count. Below 0 where the tag never ends.</summary>
    private int EndOfTag(int place)
    {
        while (place < source.Length)
        {
            if (source[place] == '>')
                return place + 1;
            if (source[place] != '=')
            {
                place++;
                continue;
            }

            place++;
            while (place < source.Length && char.IsWhiteSpace(source[place]))
                place++;
            if (place < source.Length && source[place] is '"' or '\'')
            {
                int close = source.IndexOf(source[place], place + 1);
                if (close < 0)
                    return -1;
                place = close + 1;
            }
        }

        return -1;
    }

    /// <summary>Where the text of a script or the like ends: at its closing tag, whatever stands in it.</summary>
    private int EndOfRawText(int start, string name)
    {
        int place = start;
        while (place < source.Length)
        {
            place = source.IndexOf("</", place, StringComparison.Ordinal);
            if (place < 0)
                break;
            int end = place + 2 + name.Length;
            if (string.Compare(source, place + 2, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && (end >= source.Length || _endsName.Contains(source[end])))
                return place;
            place += 2;
        }

        return source.Length;
    }
}
