using System.Buffers.Binary;

namespace Sequor.Text;

/// <summary>
/// A compiled normalisation rule: byte sequences and what replaces them. In a file: the trie's size in bytes (32 bits,
/// little-endian), the trie, and the replacements, each closed by a NUL; a trie's value is where its replacement begins.
/// </summary>
internal sealed class CharacterMap
{
    private readonly DoubleArray _trie;
    private readonly byte[] _replacements;
    private readonly string _name;

    private CharacterMap(DoubleArray trie, byte[] replacements, string name)
    {
        _name = name;
        _trie = trie;
        _replacements = replacements;
    }

    /// <summary>Reads a map; null when there is none.</summary>
    /// <param name="compiled">The bytes, empty for text that is taken as it is.</param>
    /// <param name="name">The model's name in a fault.</param>
    public static CharacterMap? Read(ReadOnlySpan<byte> compiled, string name)
    {
        if (compiled.IsEmpty)
        {
            return null;
        }

        uint size = compiled.Length > sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(compiled) : uint.MaxValue;
        if (size >= compiled.Length - sizeof(uint) || size % sizeof(uint) != 0 || size == 0 || compiled[^1] != 0)
        {
            throw new ModelFormatException(
                $"The normalisation map of the SentencePiece model '{name}' is damaged: it must hold its trie's size, the trie and NUL-closed replacements.");
        }

        ReadOnlySpan<byte> body = compiled[sizeof(uint)..];
        return new CharacterMap(DoubleArray.FromBytes(body[..(int)size]), body[(int)size..].ToArray(), name);
    }

    /// <summary>Whether an entry is this ASCII character, or begins with it and another one.</summary>
    public bool MayReplace(byte character)
    {
        if (_trie.LongestPrefix([character], out _) > 0)
        {
            return true;
        }

        for (byte next = 1; next < 0x80; next++)
        {
            if (_trie.HasPath([character, next]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Replaces the longest entry that the text begins with.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="replacement">What stands in its place.</param>
    /// <returns>How many bytes were replaced, 0 when no entry fits.</returns>
    public int Replace(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        int length = _trie.LongestPrefix(text, out int start);
        if (length == 0)
        {
            replacement = default;
            return 0;
        }

        if (start >= _replacements.Length)
        {
            throw new ModelFormatException(
                $"The normalisation map of the SentencePiece model '{_name}' is damaged: an entry points behind the replacements.");
        }

        replacement = _replacements.AsSpan(start);
        replacement = replacement[..replacement.IndexOf((byte)0)];
        return length;
    }
}
