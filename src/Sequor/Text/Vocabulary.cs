using System.Globalization;

namespace Sequor.Text;

/// <summary>The pieces a model knows, in order: a piece's place is its id. Immutable.</summary>
public sealed class Vocabulary
{
    private readonly string[] _pieces;
    private readonly Dictionary<string, int> _ids;

    /// <summary>A vocabulary of the given pieces; the special ones are found by their names in <see cref="SpecialTokens"/>.</summary>
    /// <param name="pieces">The pieces in the order of their ids; none empty, none twice.</param>
    /// <exception cref="ArgumentException">A piece is empty or occurs twice, or there are none.</exception>
    public Vocabulary(IEnumerable<string> pieces)
    {
        _pieces = [.. pieces];
        _ids = new Dictionary<string, int>(_pieces.Length, StringComparer.Ordinal);
        for (int id = 0; id < _pieces.Length; id++)
        {
            Add(_pieces[id], id);
        }

        if (_pieces.Length == 0)
        {
            throw new ArgumentException("A vocabulary needs at least one piece; none was given.", nameof(pieces));
        }

        UnknownId = IdOrNone(SpecialTokens.Unknown);
        BeginId = IdOrNone(SpecialTokens.Begin);
        EndId = IdOrNone(SpecialTokens.End);
        PadId = IdOrNone(SpecialTokens.Padding);
    }

    /// <summary>A vocabulary whose look-ups and special ids were settled by a model file.</summary>
    internal Vocabulary(string[] pieces, Dictionary<string, int> ids, int unknownId, int beginId, int endId, int padId)
    {
        _pieces = pieces;
        _ids = ids;
        UnknownId = unknownId;
        BeginId = beginId;
        EndId = endId;
        PadId = padId;
    }

    /// <summary>How many pieces there are, special ones included.</summary>
    public int Size => _pieces.Length;

    /// <summary>The pieces in the order of their ids.</summary>
    public IReadOnlyList<string> Pieces => _pieces;

    /// <summary>The id of <see cref="SpecialTokens.Unknown"/>, or -1 where the vocabulary has none.</summary>
    public int UnknownId { get; }

    /// <summary>The id of <see cref="SpecialTokens.Begin"/>, or -1 where the vocabulary has none.</summary>
    public int BeginId { get; }

    /// <summary>The id of <see cref="SpecialTokens.End"/>, or -1 where the vocabulary has none.</summary>
    public int EndId { get; }

    /// <summary>The id of <see cref="SpecialTokens.Padding"/>, or -1 where the vocabulary has none.</summary>
    public int PadId { get; }

    /// <summary>The piece with the given id.</summary>
    /// <param name="id">0 to <see cref="Size"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    public string this[int id] => (uint)id < (uint)_pieces.Length
        ? _pieces[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, string.Create(
            CultureInfo.InvariantCulture,
            $"The vocabulary has no piece {id}: its ids are 0 to {_pieces.Length - 1}. Do the ids come from another model?"));

    /// <summary>The id of a piece, or <see cref="UnknownId"/> when the vocabulary does not hold it.</summary>
    public int IdOf(string piece) => _ids.GetValueOrDefault(piece, UnknownId);

    /// <summary>Whether the vocabulary holds this piece.</summary>
    public bool Contains(string piece) => _ids.ContainsKey(piece);

    /// <summary>
    /// Counts tokens and keeps the most frequent behind the four special ones (ids 0 to 3 in the order of
    /// <see cref="SpecialTokens.All"/>). Equal counts are ordered by UTF-16 code unit.
    /// </summary>
    /// <param name="tokens">All tokens of the corpus, one by one.</param>
    /// <param name="maximumSize">How many pieces are kept at most, special ones included; 5 or more.</param>
    /// <param name="minimumCount">How often a token must occur to be kept; 1 or more. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below its range.</exception>
    public static Vocabulary Build(IEnumerable<string> tokens, int maximumSize, int minimumCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maximumSize, SpecialTokens.All.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumCount, 1);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string token in tokens)
        {
            counts[token] = counts.GetValueOrDefault(token) + 1;
        }

        IEnumerable<string> kept = counts
            .Where(entry => entry.Value >= minimumCount && entry.Key.Length > 0 && !SpecialTokens.All.Contains(entry.Key))
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Key)
            .Take(maximumSize - SpecialTokens.All.Count);
        return new Vocabulary(SpecialTokens.All.Concat(kept));
    }

    /// <summary>Writes one piece a line, UTF-8; a line break inside a piece is written as <c>\n</c> or <c>\r</c>, a backslash before n, r or a backslash twice.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void Save(string path) => WholeFile.Write(path, stream => VocabularyFile.Write(stream, _pieces));

    /// <summary>Reads what <see cref="Save"/> wrote, or any file with one piece a line.</summary>
    /// <param name="path">The file to read.</param>
    /// <exception cref="ModelFormatException">The file is empty, a line is empty, a piece stands there twice, or it is not UTF-8.</exception>
    public static Vocabulary Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return VocabularyFile.Read(stream, path);
    }

    private void Add(string piece, int id)
    {
        if (string.IsNullOrEmpty(piece))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Piece {id} of the vocabulary is empty; every piece needs a text."));
        }

        if (!_ids.TryAdd(piece, id))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The vocabulary holds '{piece}' twice, as piece {_ids[piece]} and as piece {id}."));
        }
    }

    private int IdOrNone(string piece) => _ids.GetValueOrDefault(piece, -1);
}
