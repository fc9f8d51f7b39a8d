using System.Globalization;
using System.Text;

namespace Sequor.Text.SubwordNmt;

/// <summary>The pieces that merges can make, or that a file of pieces and counts names.</summary>
internal static class CodesVocabulary
{
    /// <summary>The special pieces, the characters of the merges and what they merge to, each in the forms that it can take.</summary>
    internal static Vocabulary Of(MergeCodes codes, string separator)
    {
        List<string> pieces = [.. SpecialTokens.All];
        var seen = new HashSet<string>(pieces, StringComparer.Ordinal);
        foreach ((string left, string right) in codes.Merges)
        {
            AddCharacters(left);
            AddCharacters(right);
        }

        foreach ((string left, string right) in codes.Merges)
        {
            Add(left + right);
        }

        return new Vocabulary(pieces);

        void AddCharacters(string symbol)
        {
            foreach (Rune rune in WithoutEnd(symbol).EnumerateRunes())
            {
                AddPiece(rune + separator);
                AddPiece(rune.ToString());
            }
        }

        // A symbol within words ends one too where what follows is left out or stays alone in version 0.1.
        void Add(string symbol)
        {
            string text = WithoutEnd(symbol);
            if (text.Length == symbol.Length)
            {
                AddPiece(text + separator);
            }

            if (text.Length < symbol.Length || codes.IsFirstVersion)
            {
                AddPiece(text);
            }
        }

        void AddPiece(string piece)
        {
            if (piece.Length > 0 && seen.Add(piece))
            {
                pieces.Add(piece);
            }
        }
    }

    /// <summary>The special pieces and those of a file of <c>subword-nmt get-vocab</c> that are frequent enough.</summary>
    internal static Vocabulary Read(string path, long threshold)
    {
        using FileStream stream = File.OpenRead(path);
        string[] lines = VocabularyFile.Lines(stream, path);
        List<string> pieces = [.. SpecialTokens.All];
        var seen = new HashSet<string>(pieces, StringComparer.Ordinal);
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].Trim(' ', '\r').Split(' ') is not [{ Length: > 0 } piece, string count]
                || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long times))
            {
                throw new ModelFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {line + 1} of the vocabulary '{path}' is \"{lines[line]}\"; every line must hold a piece, one space and its count."));
            }

            if (times >= threshold && seen.Add(piece))
            {
                pieces.Add(piece);
            }
        }

        return new Vocabulary(pieces);
    }

    private static string WithoutEnd(string symbol) =>
        symbol.EndsWith(MergeCodes.WordEnd, StringComparison.Ordinal) ? symbol[..^MergeCodes.WordEnd.Length] : symbol;
}
