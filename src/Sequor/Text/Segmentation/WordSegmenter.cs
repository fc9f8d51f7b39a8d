namespace Sequor.Text.Segmentation;

/// <summary>Cuts where a space is marked: before the mark, or behind it in models that put it there.</summary>
internal sealed class WordSegmenter(PieceTable table, bool spaceEndsWord) : Segmenter
{
    /// <inheritdoc/>
    public override void Segment(Workspace workspace)
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        for (int start = 0; start < text.Length;)
        {
            int length = WordLength(text[start..]);
            ReadOnlySpan<byte> word = text.Slice(start, length);
            workspace.Spans.Add(new PieceSpan(start, length, table.Emitted(word, table.FindText(word))));
            start += length;
        }
    }

    private int WordLength(ReadOnlySpan<byte> text)
    {
        int skipped = spaceEndsWord ? 0 : Utf8.FirstLength(text);
        int space = text[skipped..].IndexOf(Utf8.Space);
        return space < 0 ? text.Length : space + (spaceEndsWord ? Utf8.Space.Length : skipped);
    }
}
