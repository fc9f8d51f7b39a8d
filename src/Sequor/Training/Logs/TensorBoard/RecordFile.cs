using System.Buffers.Binary;

namespace Sequor.Training.Logs.TensorBoard;

/// <summary>
/// Records behind each other in TensorFlow's framing: the length in eight bytes, its masked check in four, the bytes, their masked check in four;
/// all little-endian. Each record goes out in one write, so that a killed process leaves whole records and at most one cut short.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const int HeaderBytes = 12;
    private const int CheckBytes = 4;

    private readonly FileStream _stream;
    private byte[] _record = [];

    internal RecordFile(string path) =>
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Dispose() => _stream.Dispose();

    /// <summary>Writes one record.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="fill">Writes them.</param>
    internal void Write(int length, Action<Memory<byte>> fill)
    {
        if (_record.Length < length + HeaderBytes + CheckBytes)
        {
            Array.Resize(ref _record, Math.Max(2 * _record.Length, length + HeaderBytes + CheckBytes));
        }

        Span<byte> header = _record.AsSpan(0, HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.Masked(header[..8]));
        fill(_record.AsMemory(HeaderBytes, length));
        BinaryPrimitives.WriteUInt32LittleEndian(
            _record.AsSpan(HeaderBytes + length), Crc32C.Masked(_record.AsSpan(HeaderBytes, length)));
        _stream.Write(_record.AsSpan(0, HeaderBytes + length + CheckBytes));
    }
}
