using System.Security.Cryptography;
using System.Text;
using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>A file of one line that names its format, a content in little-endian numbers, and the SHA-256 of all that stands before it.</summary>
internal static class CheckedFile
{
    private const int HashBytes = SHA256.HashSizeInBytes;
    private const int BlockBytes = 1 << 16;

    /// <summary>Writes a file in full or not at all.</summary>
    internal static void Write(string path, string firstLine, Action<BinaryWriter> content) => WholeFile.Write(path, file =>
    {
        using var hash = SHA256.Create();
        using (CryptoStream hashed = new(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (BufferedStream buffered = new(hashed, BlockBytes))
        using (BinaryWriter writer = new(buffered, Encoding.UTF8))
        {
            writer.Write(Encoding.UTF8.GetBytes(firstLine + "\n"));
            content(writer);
        }

        file.Write(hash.Hash);
    });

    /// <summary>Reads a file whose hash is right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="firstLine">What its first line must be.</param>
    /// <param name="what">What faults call the file.</param>
    /// <param name="content">Reads the content.</param>
    /// <exception cref="ModelFormatException">The file is something else or damaged.</exception>
    internal static T Read<T>(string path, string firstLine, string what, Func<BinaryReader, T> content)
    {
        using FileStream file = File.OpenRead(path);
        byte[] first = Encoding.UTF8.GetBytes(firstLine + "\n");
        byte[] start = new byte[first.Length];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().SequenceEqual(first))
            throw new ModelFormatException($"{path} is no {what}: it does not begin with the line '{firstLine}'. Was it written by another program, or by a newer version?");
        if (!HashIsRight(file))
            throw new ModelFormatException($"The {what} {path} is damaged: its last {HashBytes} bytes are not the SHA-256 of the others. It may be cut short; copy or make it again.");
        file.Position = first.Length;
        using BinaryReader reader = new(new BufferedStream(file, BlockBytes), Encoding.UTF8);
        return content(reader);
    }

    /// <summary>Writes words with their lengths before them.</summary>
    internal static void Write(BinaryWriter writer, IReadOnlyList<string> words)
    {
        writer.Write(words.Count);
        foreach (string word in words)
            writer.Write(word);
    }

    /// <summary>Reads what <see cref="Write(BinaryWriter, IReadOnlyList{string})"/> wrote.</summary>
    internal static string[] ReadWords(BinaryReader reader)
    {
        string[] words = new string[reader.ReadInt32()];
        for (int i = 0; i < words.Length; i++)
            words[i] = reader.ReadString();
        return words;
    }

    private static bool HashIsRight(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[BlockBytes];
        file.Position = 0;
        long left = file.Length - HashBytes;
        while (left > 0)
        {
            int read = file.Read(block, 0, (int)Math.Min(left, block.Length));
            if (read == 0)
                return false;
            hash.AppendData(block, 0, read);
            left -= read;
        }

        return left == 0 && file.ReadAtLeast(block, HashBytes, throwOnEndOfStream: false) >= HashBytes
            && block.AsSpan(0, HashBytes).SequenceEqual(hash.GetHashAndReset());
    }
}
