namespace Sequor.Text.Segmentation;

/// <summary>Cuts into code points, user-defined symbols kept whole.</summary>
internal sealed class CharacterSegmenter(PieceTable table, SymbolMatcher symbols) : Segmenter
{
    /// <inheritdoc/>
    public override void Segment(Workspace workspace)
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        for (int start = 0; start < text.Length;)
        {
            int symbol = symbols.Match(text[start..]);
            int length = symbol > 0 ? symbol : Utf8.FirstLength(text[start..]);
            ReadOnlySpan<byte> bytes = text.Slice(start, length);
            workspace.Spans.Add(new PieceSpan(start, length, table.Emitted(bytes, table.FindText(bytes))));
            start += length;
        }
    }
}
