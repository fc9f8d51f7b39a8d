using System.Text;

namespace Sequor.Text;

/// <summary>Tokenizer files of every kind; the content decides.</summary>
internal static class TokenizerFile
{
    /// <summary>What stands before the kind in the first line of a text file.</summary>
    private const string FirstWord = "sequor-tokenizer ";

    /// <summary>Writes a kind and its pieces.</summary>
    public static void Save(string path, string kind, Vocabulary vocabulary) =>
        WholeFile.Write(path, stream => VocabularyFile.Write(stream, vocabulary.Pieces, FirstWord + kind));

    /// <summary>Reads whichever tokenizer the file holds.</summary>
    public static Tokenizer Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        string? kind = Kind(stream);
        stream.Position = 0;
        return kind switch
        {
            null => SentencePieceTokenizer.Load(stream, path),
            WordTokenizer.Kind => new WordTokenizer(VocabularyFile.Read(stream, path, FirstWord + kind)),
            CharacterTokenizer.Kind => new CharacterTokenizer(VocabularyFile.Read(stream, path, FirstWord + kind)),
            ByteTokenizer.Kind => ByteTokenizer.From(VocabularyFile.Read(stream, path, FirstWord + kind), path),
            _ => throw new ModelFormatException(
                $"The tokenizer '{path}' is of the kind '{kind}'; known are {WordTokenizer.Kind}, {CharacterTokenizer.Kind} and " +
                $"{ByteTokenizer.Kind}. Was it written by a newer version?"),
        };
    }

    private static string? Kind(FileStream stream)
    {
        Span<byte> head = stackalloc byte[64];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> line = head[..length];
        line = line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line[3..] : line;
        if (!line.StartsWith(Encoding.ASCII.GetBytes(FirstWord)))
        {
            return null;
        }

        line = line[FirstWord.Length..];
        int end = line.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
    }
}
