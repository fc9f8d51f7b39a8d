using System.Globalization;
using Sequor.Text;

namespace Sequor.Batching;

/// <summary>A corpus cannot be used. The message is a sentence that names the file and, where there is one, the line.</summary>
public sealed class CorpusException : FormatException
{
    /// <summary>States a fault of a corpus as a whole.</summary>
    /// <param name="message">The sentence.</param>
    public CorpusException(string message)
        : base(message)
    {
    }

    internal CorpusException(string message, string file, long line = 0, Exception? inner = null)
        : base(message, inner)
    {
        (File, Line) = (file, line);
    }

    /// <summary>The file at fault; null where it is several.</summary>
    public string? File { get; }

    /// <summary>The line at fault, from 1; 0 where it is no single line.</summary>
    public long Line { get; }

    internal static CorpusException Unreadable(string file, Exception inner, string what = "corpus file") => inner switch
    {
        FileNotFoundException or DirectoryNotFoundException => new($"The {what} '{file}' does not exist. Check the path; relative paths start at the working directory.", file, inner: inner),
        UnauthorizedAccessException when Directory.Exists(file) => new($"'{file}' is a directory; a {what} is expected. Name the file in it.", file, inner: inner),
        UnauthorizedAccessException => new($"The {what} '{file}' may not be read by this user. Change its permissions or its path.", file, inner: inner),
        InvalidDataException => new($"The {what} '{file}' begins like gzip but cannot be unpacked: {inner.Message} It may be cut short; fetch it again.", file, inner: inner),
        _ => new($"Reading the {what} '{file}' failed: {inner.Message}", file, inner: inner),
    };

    internal static CorpusException NotUtf8(string file, long line, ReadOnlySpan<byte> bytes, int fault, string what = "corpus file")
    {
        string advice = line == 1 && fault == 0 && bytes[0] is 0xFE or 0xFF
            ? "It begins like UTF-16; convert it to UTF-8."
            : "Convert the file to UTF-8 or repair the line.";
        string value = bytes[fault].ToString("X2", CultureInfo.InvariantCulture);
        return new CorpusException(Sentence($"The {what} '{file}' is not UTF-8: line {line}, byte {fault + 1} of the line (0x{value}). {advice}"), file, line);
    }

    internal static CorpusException LineCountsDiffer(string source, long sourceLines, string target, long targetLines) => new(
        Sentence($"The two sides of a corpus must have as many lines as each other: '{source}' has {sourceLines}, '{target}' has {targetLines}. Find where they part; the lines after it would be paired wrongly."),
        sourceLines < targetLines ? source : target,
        Math.Min(sourceLines, targetLines) + 1);

    internal static CorpusException ColumnMissing(string file, long line, int columns, int wanted) => new(
        Sentence($"Line {line} of '{file}' has {columns} tab-separated column{(columns == 1 ? "" : "s")}; column {wanted} was asked for."), file, line);

    internal static CorpusException NotJson(string file, long line, long byteInLine, string reason) => new(
        Sentence($"Line {line} of '{file}' is not a JSON object: byte {byteInLine}: {reason}"), file, line);

    internal static CorpusException KeyMissing(string file, long line, string key, string found) => new(
        Sentence($"Line {line} of '{file}' has no text under the key '{key}': {found}."), file, line);

    internal static CorpusException NotAligned(string file, long line, string fault) => new(
        Sentence($"Line {line} of the alignments '{file}': {fault}."), file, line);

    internal static CorpusException LinkOutside(string file, long line, int item, AlignmentLink link, int sources, int targets) => new(
        Sentence($"Line {line} of the alignments '{file}': item {item} links source word {link.Source} and target word {link.Target}, but the pair has {sources} source and {targets} target words, counted from 0 and parted by spaces. Were the files sorted, filtered or cut into other words after they were aligned?"), file, line);

    internal static CorpusException AlignmentsEnd(string file, long lines, long pairs) => new(
        Sentence($"The alignments '{file}' must have a line for each line of their corpus: they have {lines}, the corpus has {pairs}. A pair without links needs an empty line."), file, Math.Min(lines, pairs) + 1);

    internal static CorpusException Changed(string corpus) => new(
        $"The corpus '{corpus}' has fewer usable pairs than when the run began: its files were changed while they were in use. Start again with files that stay as they are.");

    private static string Sentence(FormattableString text) => FormattableString.Invariant(text);
}
