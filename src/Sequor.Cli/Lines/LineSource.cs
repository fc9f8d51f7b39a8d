using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Lines;

/// <summary>
/// Lines of UTF-8 text from a file or from standard input. A line ends at <c>\n</c>; one <c>\r</c> before it is dropped, a byte
/// order mark before the first too; nothing else ends a line. Only what was read and not yet asked for is in memory.
/// </summary>
internal sealed class LineSource : IDisposable
{
    private const int FirstBuffer = 1 << 16;
    private const int LongestLineBytes = 1 << 28;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly Stream _stream;
    private readonly bool _ownsStream;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isFirstRead = true;

    private LineSource(Stream stream, string name, bool ownsStream) => (_stream, Name, _ownsStream) = (stream, name, ownsStream);

    /// <summary>What faults call it: the file's path as it was given.</summary>
    public string Name { get; }

    /// <summary>Lines read so far.</summary>
    public long Line { get; private set; }

    /// <summary>Whether a whole line is here already, so that reading it waits for nobody.</summary>
    public bool HasLineWaiting => _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    /// <summary>Opens a file, or standard input where the path is null or <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Whose input is meant.</param>
    /// <exception cref="InputException">There is no such file, it is a directory, or it may not be read.</exception>
    public static LineSource Open(string? path, Terminal terminal) => path is null or "-"
        ? new LineSource(terminal.Input, "standard input", ownsStream: false)
        : new LineSource(InputFile.Open(path), path, ownsStream: true);

    /// <summary>All lines of a file or of standard input.</summary>
    /// <param name="path">The file; null or <c>-</c> for standard input.</param>
    /// <param name="terminal">Whose input is meant.</param>
    public static IReadOnlyList<string> ReadAll(string? path, Terminal terminal)
    {
        using LineSource source = Open(path, terminal);
        return [.. source.Rest()];
    }

    /// <summary>The next line, or null at the end.</summary>
    /// <exception cref="InputException">The line is not UTF-8, or longer than 256 MiB.</exception>
    public string? Read()
    {
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
                return Take(searched + newline, isEnded: true);

            searched = _end - _start;
            if (searched > LongestLineBytes)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture, $"Line {Line + 1} of {Name} is longer than {LongestLineBytes >> 20} MiB. Is it text with one sentence a line?"));
            }

            if (!Fill())
                return searched == 0 ? null : Take(searched, isEnded: false);
        }
    }

    /// <summary>The lines that are left, one after the other.</summary>
    public IEnumerable<string> Rest()
    {
        while (Read() is { } line)
            yield return line;
    }

    /// <summary>The next line and those behind it that are here already: a slow writer is answered line by line, a fast one in windows.</summary>
    /// <param name="most">The most lines, 1 or more.</param>
    /// <returns>The lines; none at the end.</returns>
    public IReadOnlyList<string> ReadWindow(int most)
    {
        List<string> lines = [];
        while (lines.Count < most && (lines.Count == 0 || _ownsStream || HasLineWaiting) && Read() is { } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Closes the file; standard input stays open.</summary>
    public void Dispose()
    {
        if (_ownsStream)
            _stream.Dispose();
    }

    private string Take(int length, bool isEnded)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += isEnded ? length + 1 : length;
        Line++;
        if (isEnded && line is [.., (byte)'\r'])
            line = line[..^1];
        return Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : throw NotUtf8(line);
    }

    private InputException NotUtf8(ReadOnlySpan<byte> line)
    {
        int fault = 0;
        while (Rune.DecodeFromUtf8(line[fault..], out _, out int bytes) == OperationStatus.Done)
            fault += bytes;

        string advice = line switch
        {
            [0x1F, 0x8B, ..] when Line == 1 => "It begins like gzip; unpack it first.",
            [0xFE or 0xFF, ..] when Line == 1 => "It begins like UTF-16; convert it to UTF-8.",
            _ => "Convert it to UTF-8 or repair the line.",
        };
        return new InputException(string.Create(
            CultureInfo.InvariantCulture, $"{Name} is not UTF-8: line {Line}, byte {fault + 1} of the line (0x{line[fault]:X2}). {advice}"));
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int before = _end;
        int read;
        do
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
        }
        while (_isFirstRead && read > 0 && _end < ByteOrderMark.Length && ByteOrderMark.StartsWith(_buffer.AsSpan(0, _end)));

        if (_isFirstRead && _buffer.AsSpan(0, _end).StartsWith(ByteOrderMark))
            _start = ByteOrderMark.Length;
        _isFirstRead = false;
        return _end > before;
    }
}
