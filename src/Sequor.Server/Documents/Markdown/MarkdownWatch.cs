using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;

namespace Sequor.Server.Documents.Markdown;

/// <summary>Puts parsers that ask <see cref="MarkdownReading"/> among those of the parser; it is to be added behind all other extensions.</summary>
internal sealed class MarkdownWatch : IMarkdownExtension
{
    /// <inheritdoc/>
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Insert(0, new Lines());
        pipeline.InlineParsers.Insert(0, new Marks());
        pipeline.InlineParsers.Replace<LinkInlineParser>(new Links());
        pipeline.InlineParsers.Replace<AutolinkInlineParser>(new Tags());
        pipeline.InlineParsers.Replace<AutoLinkParser>(new Addresses());
    }

    /// <inheritdoc/>
    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    private delegate bool MatchMark(InlineProcessor processor, ref StringSlice slice);

    private static MarkdownReading ReadingOf(InlineProcessor processor) => (MarkdownReading)processor.Context!;

    /// <summary>Has a parser look for the end of a mark no further than the reading allows.</summary>
    private static bool Matched(MatchMark match, InlineProcessor processor, ref StringSlice slice, bool maySearch)
    {
        MarkdownReading reading = ReadingOf(processor);
        (int start, int end) = (slice.Start, slice.End);
        slice.End = (int)Math.Min(end, (long)start + reading.Sight);
        bool isMatch = match(processor, ref slice);
        slice.End = end;
        if (maySearch && (!isMatch || slice.Start <= start + 1))
            reading.SearchedInVain();
        return isMatch;
    }

    private sealed class Lines : BlockParser
    {
        public override bool CanInterrupt(BlockProcessor processor, Block block) => true;

        public override BlockState TryOpen(BlockProcessor processor)
        {
            ((MarkdownReading)processor.Context!).Line(IsTakenOut(processor));
            return BlockState.None;
        }

        private static bool IsTakenOut(BlockProcessor processor) =>
            processor.CurrentChar is '=' or '-' && processor.CurrentBlock is ParagraphBlock && !processor.Line.AsSpan().Trim().ContainsAnyExcept('=', '-');
    }

    private sealed class Marks : InlineParser
    {
        public Marks() => OpeningCharacters = ['[', ']', '!', '*', '_', '~', '`', '<', '&', '\\', '$', '|', '\n'];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            ReadingOf(processor).Look();
            return false;
        }
    }

    private sealed class Links : LinkInlineParser
    {
        public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
            Matched(base.Match, processor, ref slice, slice.CurrentChar == ']' && slice.PeekChar() == '(');
    }

    private sealed class Tags : AutolinkInlineParser
    {
        public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
            Matched(base.Match, processor, ref slice, slice.PeekChar() is '!' or '?' or '/' or (>= 'A' and <= 'z'));
    }

    /// <summary>For every address the parser goes through all that stands before it in the paragraph; of many, those behind are found as plain text has them.</summary>
    private sealed class Addresses() : AutoLinkParser(new AutoLinkOptions())
    {
        private const int MostInParagraph = 500;

        private static readonly string[] _beginnings = ["http://", "https://", "ftp://", "mailto:", "www."];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            ReadOnlySpan<char> text = slice.AsSpan();
            foreach (string beginning in _beginnings)
            {
                if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                    return ReadingOf(processor).AddressesOf(processor.Block!) <= MostInParagraph && base.Match(processor, ref slice);
            }

            return false;
        }
    }
}
