using System.Globalization;
using System.Text;

namespace Sequor.Text;

/// <summary>
/// Cuts into the bytes of UTF-8: the four special pieces with ids 0 to 3, then the 256 bytes, written
/// <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>. Nothing is unknown to it.
/// </summary>
public sealed class ByteTokenizer : Tokenizer
{
    /// <summary>The kind that the file's first line names.</summary>
    internal const string Kind = "byte";

    private static readonly string[] _names =
        [.. Enumerable.Range(0, 256).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"))];

    private static readonly int _firstByteId = SpecialTokens.All.Count;

    /// <inheritdoc/>
    public override Vocabulary Vocabulary { get; } = new(SpecialTokens.All.Concat(_names));

    /// <summary>How byte pieces are written, by their value; SentencePiece writes them the same way.</summary>
    internal static IReadOnlyList<string> ByteNames => _names;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces(string text) =>
        Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => _names[value]);

    /// <inheritdoc/>
    public override int[] Encode(string text) =>
        Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => value + _firstByteId);

    /// <summary>The bytes read as UTF-8; what is malformed shows as U+FFFD, as does the unknown piece.</summary>
    /// <inheritdoc/>
    public override string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new List<byte>(ids.Length);
        foreach (int id in ids)
        {
            _ = Vocabulary[id];
            if (id >= _firstByteId)
            {
                bytes.Add((byte)(id - _firstByteId));
            }
            else if (id == Vocabulary.UnknownId)
            {
                bytes.AddRange([0xEF, 0xBF, 0xBD]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <inheritdoc/>
    public override void Save(string path) => TokenizerFile.Save(path, Kind, Vocabulary);

    internal override PieceSpellings Spellings() => new([.. Enumerable.Range(0, Vocabulary.Size).Select(id =>
        IsSilent(id) ? [] : id == Vocabulary.UnknownId ? null : new[] { (byte)(id - _firstByteId) })]);

    /// <summary>The byte tokenizer, once a file's pieces proved to be its own.</summary>
    internal static ByteTokenizer From(Vocabulary pieces, string name)
    {
        var tokenizer = new ByteTokenizer();
        return pieces.Pieces.SequenceEqual(tokenizer.Vocabulary.Pieces, StringComparer.Ordinal)
            ? tokenizer
            : throw new ModelFormatException(
                $"The byte tokenizer '{name}' does not list the 4 special pieces and then <0x00> to <0xFF>; those are its only possible pieces.");
    }
}
