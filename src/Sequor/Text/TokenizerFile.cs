using System.Text;
using Sequor.Text.SubwordNmt;

namespace Sequor.Text;

/// <summary>Tokenizer files of every kind; the content decides.</summary>
internal static class TokenizerFile
{
    /// <summary>What stands before the kind in the first line of a text file.</summary>
    public const string FirstWord = "sequor-tokenizer ";

    /// <summary>Writes a kind and its pieces.</summary>
    public static void Save(string path, string kind, Vocabulary vocabulary) =>
        WholeFile.Write(path, stream => VocabularyFile.Write(stream, vocabulary.Pieces, FirstWord + kind));

    /// <summary>Reads whichever tokenizer the file holds.</summary>
    public static Tokenizer Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        string firstLine = FirstLine(stream);
        string? kind = firstLine.StartsWith(FirstWord, StringComparison.Ordinal) ? firstLine[FirstWord.Length..] : null;
        stream.Position = 0;
        return kind switch
        {
            null when MergeCodes.MayBegin(firstLine) => SubwordNmtTokenizer.FromFiles(path),
            null => SentencePieceTokenizer.Load(stream, path),
            WordTokenizer.Kind => new WordTokenizer(VocabularyFile.Read(stream, path, FirstWord + kind)),
            CharacterTokenizer.Kind => new CharacterTokenizer(VocabularyFile.Read(stream, path, FirstWord + kind)),
            ByteTokenizer.Kind => ByteTokenizer.From(VocabularyFile.Read(stream, path, FirstWord + kind), path),
            SubwordNmtTokenizer.Kind => SubwordNmtFile.Read(stream, path),
            _ => throw new ModelFormatException(
                $"The tokenizer '{path}' is of the kind '{kind}'; known are {WordTokenizer.Kind}, {CharacterTokenizer.Kind}, {ByteTokenizer.Kind} and " +
                $"{SubwordNmtTokenizer.Kind}. Was it written by a newer version?"),
        };
    }

    /// <summary>The first line, or as much of it as tells the kinds of files apart.</summary>
    private static string FirstLine(FileStream stream)
    {
        Span<byte> head = stackalloc byte[256];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> line = head[..length];
        line = line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
        int end = line.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
    }
}
