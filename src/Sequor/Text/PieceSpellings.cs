namespace Sequor.Text;

/// <summary>What pieces spell, so that an output can be read while it is written.</summary>
/// <param name="Bytes">For each piece the UTF-8 that it adds to a text, a space before it included; empty for signs that are no text, null for the unknown piece.</param>
internal sealed record PieceSpellings(byte[]?[] Bytes)
{
    /// <summary>Whether a piece's first space is dropped where nothing is written yet. Default false.</summary>
    public bool DropsFirstSpace { get; init; }

    /// <summary>Whether that goes on until something else than spaces is written. Default false.</summary>
    public bool DropsFirstSpaces { get; init; }

    /// <summary>A piece whose space is never dropped; -1 when there is none. Default -1.</summary>
    public int KeptSpaceId { get; init; } = -1;

    /// <summary>Whether the piece behind each piece joins it without its space; null when none does. Default null.</summary>
    public bool[]? Joins { get; init; }
}
