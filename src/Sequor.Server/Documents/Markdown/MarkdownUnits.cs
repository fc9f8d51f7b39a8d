using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Sequor.Server.Documents.Html;
using Sequor.Server.Documents.Units;

namespace Sequor.Server.Documents.Markdown;

/// <summary>Finds the text of Markdown: that of paragraphs, headings and cells, and of HTML that stands in it. Code, mathematics and front matter are left out.</summary>
internal static class MarkdownUnits
{
    /// <summary>How Markdown is parsed; it reads with a <see cref="MarkdownReading"/> only.</summary>
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .UseGridTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseTaskLists()
        .UseFootnotes()
        .UseDefinitionLists()
        .UseMathematics()
        .UseAutoLinks()
        .Use<MarkdownWatch>()
        .Build();

    /// <summary>Finds the units of a document.</summary>
    /// <param name="source">The document.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="FormatException">It is nested too deep, or takes longer to read than any text does.</exception>
    public static DocumentParts Of(string source, CancellationToken cancellation)
    {
        List<DocumentUnit> units = [];
        List<Replacement> replacements = [];
        foreach (Block block in Parsed(source, cancellation).Descendants<Block>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (block is HtmlBlock html && html.Parent is MarkdownDocument)
                AddHtml(source, html, units, cancellation);
            else if (block is LeafBlock { Inline: { } inlines } and (ParagraphBlock or HeadingBlock))
                units.AddRange(MarkdownInlines.Units(source, inlines, IsInTable(block), cancellation));
        }

        units.Sort((left, right) => left.Start.CompareTo(right.Start));
        return new DocumentParts(units, replacements);
    }

    /// <summary>What is nested too deep to be read.</summary>
    /// <param name="fault">What the parser says of it, where it does.</param>
    public static FormatException TooDeep(Exception? fault) => new(
        "The Markdown is nested deeper than any text is: lists, quotes, brackets or emphasis within each other. Close what stands open, or send it as plain text.", fault);

    private static MarkdownDocument Parsed(string source, CancellationToken cancellation)
    {
        try
        {
            MarkdownReading reading = new(source.Length, TimeProvider.System, cancellation);
            reading.Definitions(source);
            return Markdig.Markdown.Parse(source, Pipeline, reading);
        }
        catch (ArgumentException fault)
        {
            throw TooDeep(fault);
        }
    }

    private static bool IsInTable(Block block)
    {
        for (Block? around = block.Parent; around is not null; around = around.Parent)
        {
            if (around is TableCell)
                return true;
        }

        return false;
    }

    /// <summary>A block of HTML is read as a document of its own, and its units are moved to where it stands.</summary>
    private static void AddHtml(string source, HtmlBlock block, List<DocumentUnit> units, CancellationToken cancellation)
    {
        int end = Math.Min(source.Length, block.Span.End + 1);
        if (block.Span.Start >= end)
            return;
        foreach (DocumentUnit unit in HtmlUnits.Of(source[block.Span.Start..end], null, cancellation).Units)
            units.Add(UnitMove.By(unit, block.Span.Start));
    }
}
