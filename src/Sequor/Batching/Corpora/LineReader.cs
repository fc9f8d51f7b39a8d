using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Sequor.Batching;

/// <summary>What a reader found where a line was expected.</summary>
internal enum LineKind
{
    /// <summary>The file has ended.</summary>
    End,

    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A line longer than the limit; its text was passed over.</summary>
    Overlong,
}

/// <summary>
/// Lines of a UTF-8 file, plain or gzip (told apart by the first two bytes). A line ends at <c>\n</c>; one <c>\r</c>
/// before it is dropped; nothing else ends a line. Only the line at hand is in memory.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private const int SmallestBuffer = 1 << 16;

    private readonly int _limitBytes;
    private readonly string _what;
    private byte[] _buffer = new byte[SmallestBuffer];
    private Stream _stream;
    private int _start;
    private int _end;
    private bool _isPacked;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limitBytes">The longest line that is read as text.</param>
    /// <param name="what">What faults call the file.</param>
    internal LineReader(string path, int limitBytes, string what = "corpus file")
    {
        (Path, _limitBytes, _what) = (path, limitBytes, what);
        _stream = Open();
        DropByteOrderMark();
    }

    internal string Path { get; }

    /// <summary>Bytes of the unpacked file before the next line.</summary>
    internal long Offset { get; private set; }

    /// <summary>Lines read so far.</summary>
    internal long Line { get; private set; }

    /// <summary>Carriage returns met that do not belong to a line end and were kept as text.</summary>
    internal long LoneCarriageReturns { get; private set; }

    internal LineKind Read(out string text)
    {
        text = "";
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
                return Take(searched + newline, isEnded: true, out text);

            searched = _end - _start;
            // One byte over the limit may still be the carriage return of the line end.
            if (searched > _limitBytes + 1)
                return PassOver();
            if (!Fill())
                return searched == 0 ? LineKind.End : Take(searched, isEnded: false, out text);
        }
    }

    /// <summary>Goes to a place that <see cref="Offset"/> and <see cref="Line"/> have named.</summary>
    internal void Seek(long offset, long line)
    {
        if (_isPacked)
            SeekPacked(offset);
        else
            (_stream.Position, _start, _end, Offset) = (offset, 0, 0, offset);
        Line = line;
        if (offset == 0)
            DropByteOrderMark();
    }

    private void SeekPacked(long offset)
    {
        if (offset < Offset)
        {
            _stream.Dispose();
            (_start, _end, Offset) = (0, 0, 0);
            _stream = Open();
        }

        while (Offset < offset && (_start < _end || Fill()))
            Consume((int)Math.Min(offset - Offset, _end - _start));
    }

    /// <summary>Bytes of a file, those of a packed one times a ratio.</summary>
    internal static long SizeOf(string path, int packedRatio)
    {
        using FileStream file = OpenFile(path, out bool isPacked);
        return isPacked ? file.Length * packedRatio : file.Length;
    }

    public void Dispose() => _stream.Dispose();

    private LineKind Take(int length, bool isEnded, out string text)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        Consume(isEnded ? length + 1 : length);
        Line++;
        if (isEnded && line is [.., (byte)'\r'])
            line = line[..^1];

        text = "";
        if (line.Length > _limitBytes)
            return LineKind.Overlong;
        if (!Utf8.IsValid(line))
            throw CorpusException.NotUtf8(Path, Line, line, FirstFault(line), _what);
        LoneCarriageReturns += line.Count((byte)'\r');
        text = Encoding.UTF8.GetString(line);
        return LineKind.Text;
    }

    private LineKind PassOver()
    {
        while (true)
        {
            int newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            Consume(newline >= 0 ? newline + 1 : _end - _start);
            if (newline >= 0 || !Fill())
                break;
        }

        Line++;
        return LineKind.Overlong;
    }

    private static int FirstFault(ReadOnlySpan<byte> line)
    {
        int fault = 0;
        while (Rune.DecodeFromUtf8(line[fault..], out _, out int bytes) == OperationStatus.Done)
            fault += bytes;
        return fault;
    }

    private void Consume(int bytes)
    {
        _start += bytes;
        Offset += bytes;
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
        try
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read > 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw CorpusException.Unreadable(Path, fault, _what);
        }
    }

    private Stream Open()
    {
        FileStream file = OpenFile(Path, out _isPacked, _what);
        return _isPacked ? new PackedStream(file) : file;
    }

    private static FileStream OpenFile(string path, out bool isPacked, string what = "corpus file")
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CorpusException.Unreadable(path, fault, what);
        }
    }

    private void DropByteOrderMark()
    {
        while (_end < 3 && Fill())
        {
        }

        if (_buffer.AsSpan(0, _end) is [0xEF, 0xBB, 0xBF, ..])
            Consume(3);
    }
}
