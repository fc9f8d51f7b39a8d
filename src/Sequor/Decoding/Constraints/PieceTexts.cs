using System.Buffers;
using System.Globalization;
using System.Text;
using Sequor.Decoding.Constraints.Grammars;
using Sequor.Text;

namespace Sequor.Decoding.Constraints;

/// <summary>Where a text stands between two pieces.</summary>
internal enum TextPlace : byte
{
    /// <summary>Nothing is written yet: a space is dropped.</summary>
    Start,

    /// <summary>In the middle.</summary>
    Inside,

    /// <summary>Behind a piece that joins the next: its space is dropped.</summary>
    Joined,
}

/// <summary>What the pieces of a vocabulary spell, wherever they stand.</summary>
internal sealed class PieceTexts : IWordBoundaries
{
    private readonly Tokenizer _tokenizer;
    private readonly Func<string, string> _normalize;
    private readonly PieceSpellings _spellings;
    private readonly bool[] _beginsInWord;
    private readonly bool[] _beginsInWordJoined;
    private readonly bool[] _endsInWord;
    private readonly Lazy<PieceTrie> _inside;
    private readonly Lazy<PieceTrie> _withoutSpace;

    /// <summary>For a tokenizer's vocabulary.</summary>
    /// <param name="tokenizer">What joins outputs.</param>
    /// <param name="normalize">What texts went through before the model learnt from them.</param>
    internal PieceTexts(Tokenizer tokenizer, Func<string, string> normalize)
    {
        (_tokenizer, _normalize, _spellings) = (tokenizer, normalize, tokenizer.Spellings());
        Start = _spellings.DropsFirstSpace ? TextPlace.Start : TextPlace.Inside;
        _beginsInWord = [.. Enumerable.Range(0, Count).Select(id => BeginsInWord(Bytes(id, TextPlace.Inside)))];
        _beginsInWordJoined = [.. Enumerable.Range(0, Count).Select(id => BeginsInWord(Bytes(id, TextPlace.Joined)))];
        _endsInWord = [.. Enumerable.Range(0, Count).Select(id => EndsInWord(Bytes(id, TextPlace.Inside)))];
        LongestBytes = Enumerable.Range(0, Count).Max(id => Bytes(id, TextPlace.Inside).Length);
        _inside = new Lazy<PieceTrie>(() => new PieceTrie(this, TextPlace.Inside));
        _withoutSpace = new Lazy<PieceTrie>(() => new PieceTrie(this, TextPlace.Joined));
        SpellsSingleLetters = Enumerable.Range(0, Count).All(id => Encoding.UTF8.GetCharCount(Bytes(id, TextPlace.Inside)) <= 2);
    }

    /// <summary>The number of pieces.</summary>
    internal int Count => _spellings.Bytes.Length;

    /// <summary>The end sign; -1 where the vocabulary has none.</summary>
    internal int EndId => _tokenizer.Vocabulary.EndId;

    /// <summary>Where an empty text stands.</summary>
    internal TextPlace Start { get; }

    /// <summary>The most bytes that a piece spells.</summary>
    internal int LongestBytes { get; }

    /// <summary>Whether every piece is a character or a part of one.</summary>
    internal bool SpellsSingleLetters { get; }

    /// <summary>Whether nobody knows what a piece spells.</summary>
    internal bool IsUnknown(int id) => _spellings.Bytes[id] is null;

    /// <summary>The UTF-8 that a piece adds.</summary>
    internal ReadOnlySpan<byte> Bytes(int id, TextPlace place)
    {
        ReadOnlySpan<byte> bytes = _spellings.Bytes[id];
        return place != TextPlace.Inside && bytes is [(byte)' ', ..] && id != _spellings.KeptSpaceId ? bytes[1..] : bytes;
    }

    /// <summary>Where the text stands behind a piece.</summary>
    internal TextPlace Next(int id, TextPlace place)
    {
        if (_spellings.Bytes[id] is { Length: 0 })
        {
            return place;
        }

        bool isStillEmpty = place == TextPlace.Start && _spellings.DropsFirstSpaces && !IsUnknown(id) && Bytes(id, place).IsEmpty;
        return isStillEmpty ? TextPlace.Start : _spellings.Joins is { } joins && joins[id] ? TextPlace.Joined : TextPlace.Inside;
    }

    /// <summary>All pieces by what they spell at a place.</summary>
    internal PieceTrie TrieAt(TextPlace place) => (place == TextPlace.Inside ? _inside : _withoutSpace).Value;

    /// <inheritdoc/>
    public bool Between(int previous, int id) =>
        previous == ConstraintMachine.NoPiece || !_endsInWord[previous] || !(_spellings.Joins is { } joins && joins[previous] ? _beginsInWordJoined : _beginsInWord)[id];

    /// <summary>The runs of pieces that write a text; the last of them can stand behind anything. None when the vocabulary cannot write it.</summary>
    internal IReadOnlyList<int[]> RunsOf(string text)
    {
        int[] first = Encode(text);
        int[] later = _tokenizer.Encode(" " + _normalize(text).TrimStart(' '));
        return first.Length == 0 || first.Any(IsUnknown) ? [] : first.AsSpan().SequenceEqual(later) || later.Any(IsUnknown) ? [first] : [first, later];
    }

    /// <summary>A text as outputs spell it, or the text itself where the vocabulary cannot write it.</summary>
    internal string Canonical(string text)
    {
        int[] ids = Encode(text);
        return ids.Any(IsUnknown) ? _normalize(text) : Encoding.UTF8.GetString(Spelled(ids));
    }

    /// <summary>Whether a character is part of a word that ends where other characters begin. Of scripts that are written without spaces none is.</summary>
    internal static bool IsInWord(Rune rune) => rune.Value switch
    {
        < 0x80 => char.IsAsciiLetterOrDigit((char)rune.Value),
        (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) => false,
        (>= 0x2E80 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) => false,
        (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF) => false,
        _ => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark,
    };

    private int[] Encode(string text) => _tokenizer.Encode(_normalize(text));

    private byte[] Spelled(int[] ids)
    {
        var bytes = new List<byte>();
        TextPlace place = Start;
        foreach (int id in ids)
        {
            bytes.AddRange(Bytes(id, place));
            place = Next(id, place);
        }

        return [.. bytes];
    }

    // A part of a character is taken for a letter.
    private static bool BeginsInWord(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && (Rune.DecodeFromUtf8(bytes, out Rune rune, out _) != OperationStatus.Done || IsInWord(rune));

    private static bool EndsInWord(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && (Rune.DecodeLastFromUtf8(bytes, out Rune rune, out _) != OperationStatus.Done || IsInWord(rune));
}
