namespace Sequor.Text.Segmentation;

/// <summary>
/// Cuts before every mark of a space, even in models that put the mark behind a word: SentencePiece 0.1.97 trains and
/// encodes its word models so.
/// </summary>
internal sealed class WordSegmenter(PieceTable table) : Segmenter
{
    /// <inheritdoc/>
    public override void Segment(Workspace workspace)
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        for (int start = 0; start < text.Length;)
        {
            int first = Utf8.FirstLength(text[start..]);
            int space = text[(start + first)..].IndexOf(Utf8.Space);
            int length = space < 0 ? text.Length - start : first + space;
            ReadOnlySpan<byte> word = text.Slice(start, length);
            workspace.Spans.Add(new PieceSpan(start, length, table.Emitted(word, table.FindText(word))));
            start += length;
        }
    }
}
