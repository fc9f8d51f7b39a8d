namespace Sequor.Text.Segmentation;

/// <summary>
/// Where a text may be cut into words that merge independently of each other: at the marks of spaces, when no piece of
/// the model reaches across one.
/// </summary>
internal sealed class WordBoundaries
{
    private readonly bool _markBegins;
    private readonly bool _markEnds;

    /// <summary>The boundaries that a model's pieces respect.</summary>
    public WordBoundaries(PieceTable table)
    {
        _markBegins = true;
        _markEnds = true;
        for (int id = 0; id < table.Count; id++)
        {
            if (PieceTable.IsText(table.TypeOf(id)))
            {
                ReadOnlySpan<byte> piece = table.BytesOf(id);
                _markBegins &= piece.LastIndexOf(Utf8.Space) <= 0;
                int first = piece.IndexOf(Utf8.Space);
                _markEnds &= first < 0 || first == piece.Length - Utf8.Space.Length;
            }
        }
    }

    /// <summary>Whether there are any; if not, a text is one word.</summary>
    public bool Exist => _markBegins || _markEnds;

    /// <summary>The length of the text's first word.</summary>
    public int FirstWordLength(ReadOnlySpan<byte> text)
    {
        int skipped = _markBegins ? 1 : 0;
        int mark = text[skipped..].IndexOf(Utf8.Space);
        return mark < 0 ? text.Length : mark + (_markBegins ? skipped : Utf8.Space.Length);
    }
}
