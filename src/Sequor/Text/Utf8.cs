using System.Buffers;
using System.Text;

namespace Sequor.Text;

/// <summary>Steps through UTF-8 the way SentencePiece does.</summary>
internal static class Utf8
{
    /// <summary>U+2581, which stands for a space inside pieces.</summary>
    public static ReadOnlySpan<byte> Space => [0xE2, 0x96, 0x81];

    /// <summary>U+FFFD, which stands for a malformed byte.</summary>
    public static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>How many bytes the character has that begins with this byte; 1 for a byte that begins none.</summary>
    public static int Length(byte first) => first switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };

    /// <summary>How many bytes the text's first character has, never more than there are.</summary>
    public static int FirstLength(ReadOnlySpan<byte> text) => Math.Min(Length(text[0]), text.Length);

    /// <summary>How many characters begin among these bytes.</summary>
    public static int CharacterCount(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte value in text)
        {
            count += (value & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    /// <summary>The bytes as text; every malformed byte becomes one U+FFFD of its own.</summary>
    public static void AppendTo(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done;
            text.Append(valid ? characters[..rune.EncodeToUtf16(characters)] : "\uFFFD");
            bytes = bytes[(valid ? consumed : 1)..];
        }
    }
}
