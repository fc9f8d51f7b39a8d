using System.IO.Compression;

namespace Sequor.Batching;

/// <summary>
/// The unpacked bytes of a gzip file. <see cref="GZipStream"/> takes a file that is cut short for a complete one, and
/// its text would silently lose its end. So a member with a mark is set behind the file: the mark comes out only
/// when the last member of the file was whole.
/// </summary>
internal sealed class PackedStream : ReadOnlyStream
{
    private static readonly byte[] Mark = "\0Sequor: the end\0"u8.ToArray();
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly GZipStream _unpacked;
    private byte[] _joined = [];
    private int _held;

    internal PackedStream(Stream file) => _unpacked = new GZipStream(new Chain(file, MarkMember), CompressionMode.Decompress);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public override int Read(Span<byte> room)
    {
        if (_joined.Length < room.Length + Mark.Length)
            Array.Resize(ref _joined, room.Length + Mark.Length);
        while (true)
        {
            // As many bytes as the mark has are held back, since they may be it.
            int read = _unpacked.Read(_joined.AsSpan(_held, room.Length));
            if (read == 0)
                return _joined.AsSpan(0, _held).SequenceEqual(Mark) ? 0 : throw new InvalidDataException("Its end is missing, or something follows it.");
            int total = _held + read;
            int given = Math.Max(0, total - Mark.Length);
            _joined.AsSpan(0, given).CopyTo(room);
            _joined.AsSpan(given, total - given).CopyTo(_joined);
            _held = total - given;
            if (given > 0)
                return given;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A file, then some bytes more.</summary>
    private sealed class Chain(Stream file, byte[] more) : ReadOnlyStream
    {
        private int _given;

        public override int Read(Span<byte> room)
        {
            int read = file.Read(room);
            if (read > 0)
                return read;
            read = Math.Min(room.Length, more.Length - _given);
            more.AsSpan(_given, read).CopyTo(room);
            _given += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
