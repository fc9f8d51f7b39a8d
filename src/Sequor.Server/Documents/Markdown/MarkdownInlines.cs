using Markdig.Extensions.Mathematics;
using Markdig.Syntax.Inlines;
using Sequor.Server.Documents.Html;
using Sequor.Server.Documents.Units;

namespace Sequor.Server.Documents.Markdown;

/// <summary>Turns the inlines of a paragraph, a heading or a cell into units.</summary>
internal sealed class MarkdownInlines
{
    // The parser allows ten times as much, which the stack of a thread does not hold everywhere.
    private const int MostDepth = 1000;

    private readonly string _source;

    private readonly UnitBuilder _builder;

    private readonly CancellationToken _cancellation;

    private int _reached;

    private int _depth;

    private MarkdownInlines(string source, bool isCell, CancellationToken cancellation)
    {
        (_source, _cancellation) = (source, cancellation);
        _builder = new UnitBuilder(source, (text, isFirst) => MarkdownText.Escape(text, isFirst, isCell));
    }

    /// <summary>The units.</summary>
    /// <param name="source">The document.</param>
    /// <param name="inlines">The inlines.</param>
    /// <param name="isCell">Whether they stand in a table.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<DocumentUnit> Units(string source, ContainerInline inlines, bool isCell, CancellationToken cancellation)
    {
        MarkdownInlines walk = new(source, isCell, cancellation);
        walk.Walk(inlines);
        walk._builder.Flush();
        return walk._builder.Units;
    }

    private void Walk(ContainerInline inlines)
    {
        if (++_depth > MostDepth)
            throw MarkdownUnits.TooDeep(null);
        foreach (Inline inline in inlines)
            Add(inline);
        _depth--;
    }

    private void Add(Inline inline)
    {
        _cancellation.ThrowIfCancellationRequested();
        (int start, int end) = (inline.Span.Start, inline.Span.End + 1);
        // What the parser adds of itself, such as the way back from a footnote, stands nowhere in the document.
        if (start < _reached || end > _source.Length || (end <= start && inline is not LineBreakInline))
            return;
        _reached = start;
        switch (inline)
        {
            case LiteralInline literal:
                _builder.Text(literal.Content.ToString(), start, end);
                break;
            case HtmlEntityInline entity:
                _builder.Text(entity.Transcoded.ToString(), start, end);
                break;
            case LineBreakInline { IsHard: true }:
                _builder.Flush();
                break;
            case LineBreakInline:
                _builder.Text(" ", start, Math.Max(start, end));
                break;
            case EmphasisInline emphasis:
                AddPair(emphasis, start, start + emphasis.DelimiterCount, new MarkSource(end - emphasis.DelimiterCount, end));
                break;
            case LinkInline { IsImage: true } image:
                AddImage(image, start, end);
                break;
            case LinkInline { IsAutoLink: false } link:
                AddLink(link, start, end);
                break;
            case LinkInline address:
                _builder.Protected(_source[start..end], start, end);
                break;
            case CodeInline code:
                _builder.Protected(code.Content, start, end);
                break;
            case MathInline mathematics:
                _builder.Protected(mathematics.Content.ToString(), start, end);
                break;
            case AutolinkInline address:
                _builder.Protected(address.Url, start, end);
                break;
            case HtmlInline tag:
                AddTag(tag, start, end);
                break;
            case DelimiterInline mark:
                // A bracket or the like that found no partner is text.
                _builder.Text(mark.ToLiteral(), start, start + mark.ToLiteral().Length);
                Walk(mark);
                break;
            case ContainerInline container:
                Walk(container);
                break;
            default:
                _builder.Single(start, end);
                break;
        }
    }

    private void AddPair(ContainerInline inline, int start, int contentStart, MarkSource closing)
    {
        _builder.Open("", start, contentStart);
        Walk(inline);
        _builder.Close("", closing);
    }

    /// <summary>A link by a short reference is named by its text: it becomes one by a full reference, so that it still leads somewhere.</summary>
    private void AddLink(LinkInline link, int start, int end)
    {
        if (link.LastChild is not { } last)
        {
            _builder.Single(start, end);
            return;
        }

        int closing = last.Span.End + 1;
        AddTitle(link, end);
        string written = _source[closing..end];
        string? full = written is "]" or "][]" ? $"][{_source[(start + 1)..closing]}]" : null;
        AddPair(link, start, start + 1, new MarkSource(closing, end, full));
    }

    private void AddImage(LinkInline image, int start, int end)
    {
        AddTitle(image, end);
        bool isReference = _source[end - 1] == ']' && (image.LastChild is null || image.LastChild.Span.End + 1 >= end - 3);
        if (image.FirstChild is LiteralInline only && image.FirstChild == image.LastChild && !isReference)
            _builder.Attribute(only.Span.Start, only.Span.End + 1, only.Content.ToString(), (text, _) => MarkdownText.Escape(text, false, isCell: true));
        _builder.Single(start, end);
    }

    private void AddTitle(LinkInline link, int end)
    {
        if (link.TitleSpan is not { IsEmpty: false } title || link.Title is null || title.Start < link.Span.Start || title.End >= end)
            return;
        // The span holds the quotes.
        char quote = _source[title.End];
        if (quote is '"' or '\'' or ')' && title.Length > 2)
            _builder.Attribute(title.Start + 1, title.End, link.Title, (text, _) => MarkdownText.EscapeTitle(text, quote));
    }

    private void AddTag(HtmlInline inline, int start, int end)
    {
        HtmlToken tag = HtmlTokenizer.Cut(inline.Tag)[0];
        if (tag.Name == "br")
            _builder.Flush();
        else if (tag.Kind == HtmlTokenKind.Open && !tag.ClosesItself && !HtmlElements.IsVoid(tag.Name))
            _builder.Open(tag.Name, start, end);
        else if (tag.Kind == HtmlTokenKind.Close)
            _builder.Close(tag.Name, new MarkSource(start, end));
        else
            _builder.Single(start, end);
    }
}
