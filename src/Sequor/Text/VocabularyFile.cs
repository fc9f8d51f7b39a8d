using System.Globalization;
using System.Text;

namespace Sequor.Text;

/// <summary>Vocabularies as text: one piece a line.</summary>
internal static class VocabularyFile
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the pieces, behind a first line when one is given.</summary>
    public static void Write(Stream stream, IReadOnlyList<string> pieces, string? firstLine = null)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        if (firstLine is not null)
        {
            writer.WriteLine(firstLine);
        }

        foreach (string piece in pieces)
        {
            writer.WriteLine(Escape(piece));
        }
    }

    /// <summary>Reads the pieces; a first line that must be there is checked and left out.</summary>
    /// <param name="stream">The file from its beginning.</param>
    /// <param name="name">How the file is named in a fault.</param>
    /// <param name="firstLine">The line that must stand first, or null when the pieces begin at once.</param>
    public static Vocabulary Read(Stream stream, string name, string? firstLine = null)
    {
        return Parse(Lines(stream, name), firstLine is null ? 0 : 1, name);
    }

    /// <summary>Takes pieces from lines of a file.</summary>
    /// <param name="lines">All lines of the file.</param>
    /// <param name="first">The first that holds a piece; all others after it do too.</param>
    /// <param name="name">How the file is named in a fault.</param>
    public static Vocabulary Parse(string[] lines, int first, string name)
    {
        if (lines.Length <= first)
        {
            throw new ModelFormatException($"The vocabulary '{name}' holds no piece; it needs one a line.");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int line = first; line < lines.Length; line++)
        {
            lines[line] = Unescape(lines[line]);
            if (lines[line].Length == 0)
            {
                throw new ModelFormatException(Line(name, line, "is empty; every line must hold one piece."));
            }

            if (!seen.TryAdd(lines[line], line))
            {
                throw new ModelFormatException(Line(name, line, string.Create(
                    CultureInfo.InvariantCulture, $"holds '{lines[line]}', which line {seen[lines[line]] + 1} holds already.")));
            }
        }

        return new Vocabulary(lines[first..]);
    }

    /// <summary>The lines of a UTF-8 file, without their ends.</summary>
    public static string[] Lines(Stream stream, string name)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        string text;
        try
        {
            text = _strict.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (DecoderFallbackException fault)
        {
            throw new ModelFormatException(string.Create(
                CultureInfo.InvariantCulture, $"The vocabulary '{name}' is not UTF-8: byte {fault.Index} is no part of a character."), fault);
        }

        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            lines[line] = lines[line].EndsWith('\r') ? lines[line][..^1] : lines[line];
        }

        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static string Line(string name, int line, string fault) =>
        string.Create(CultureInfo.InvariantCulture, $"Line {line + 1} of the vocabulary '{name}' {fault}");

    private static string Escape(string piece)
    {
        if (piece.AsSpan().IndexOfAny('\\', '\n', '\r') < 0)
        {
            return piece;
        }

        var escaped = new StringBuilder(piece.Length + 2);
        for (int i = 0; i < piece.Length; i++)
        {
            bool wouldBeRead = piece[i] == '\\' && i + 1 < piece.Length && piece[i + 1] is 'n' or 'r' or '\\' or '\n' or '\r';
            escaped.Append(piece[i] switch { '\n' => "\\n", '\r' => "\\r", '\\' when wouldBeRead => "\\\\", char other => other.ToString() });
        }

        return escaped.ToString();
    }

    private static string Unescape(string line)
    {
        if (!line.Contains('\\', StringComparison.Ordinal))
        {
            return line;
        }

        var piece = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            char next = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] : '\0';
            char? meant = next switch { 'n' => '\n', 'r' => '\r', '\\' => '\\', _ => null };
            piece.Append(meant ?? line[i]);
            i += meant is null ? 0 : 1;
        }

        return piece.ToString();
    }
}
