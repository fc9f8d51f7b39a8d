using System.Globalization;

namespace Sequor.Text.Training;

/// <summary>The pieces that are given, not learned: specials, control symbols, user-defined symbols, bytes; and their ids.</summary>
internal sealed class MetaPieces
{
    private readonly SortedDictionary<int, (string Piece, PieceType Type)> _byId = [];

    public MetaPieces(SubwordTrainingOptions options)
    {
        Reserve(options.UnknownId, SpecialTokens.Unknown, PieceType.Unknown);
        Reserve(options.BeginId, SpecialTokens.Begin, PieceType.Control);
        Reserve(options.EndId, SpecialTokens.End, PieceType.Control);
        Reserve(options.PadId, SpecialTokens.Padding, PieceType.Control);

        foreach (string symbol in options.ControlSymbols)
            Place(symbol, PieceType.Control);
        foreach (string symbol in options.UserDefinedSymbols)
            Place(symbol, PieceType.UserDefined);
        for (int value = 0; options.ByteFallback && value < 256; value++)
            Place(BytePiece(value), PieceType.Byte);
    }

    /// <summary>How many pieces are given.</summary>
    public int Count => _byId.Count;

    /// <summary>The texts of the given pieces, by id.</summary>
    public IEnumerable<string> Texts => _byId.Values.Select(entry => entry.Piece);

    /// <summary>The piece of one byte, as <c>&lt;0x0A&gt;</c>.</summary>
    public static string BytePiece(int value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>Says whether a text is the piece of a byte.</summary>
    public static bool IsBytePiece(string text) =>
        text.Length == 6 && byte.TryParse(text.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte value)
        && text == BytePiece(value);

    /// <summary>Puts learned pieces, in their order, into the ids that the given ones leave free.</summary>
    /// <exception cref="ArgumentException">A given id lies beyond the last learned piece.</exception>
    public IReadOnlyList<ModelPiece> Weave(IReadOnlyList<(string Piece, float Score)> learned)
    {
        int size = _byId.Count + learned.Count;
        if (_byId.Keys.Last() >= size)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The piece \"{_byId.Values.Last().Piece}\" has id {_byId.Keys.Last()}, but this corpus gives a vocabulary of {size} pieces only; choose an id below {size}."));
        }

        List<ModelPiece> pieces = new(size);
        int next = 0;
        for (int id = 0; id < size; id++)
        {
            if (_byId.TryGetValue(id, out (string Piece, PieceType Type) given))
                pieces.Add(new ModelPiece(given.Piece, 0f, given.Type));
            else
                pieces.Add(new ModelPiece(learned[next].Piece, learned[next++].Score, PieceType.Normal));
        }
        return pieces;
    }

    private void Reserve(int id, string piece, PieceType type)
    {
        if (id >= 0)
            _byId.Add(id, (piece, type));
    }

    // A symbol with the text of a special piece only changes that piece's type; it keeps the special's id.
    private void Place(string piece, PieceType type)
    {
        int id = _byId.Where(entry => entry.Value.Piece == piece).Select(entry => entry.Key).DefaultIfEmpty(-1).First();
        if (id < 0)
        {
            id = 0;
            while (_byId.ContainsKey(id))
                id++;
        }
        _byId[id] = (piece, type);
    }
}
