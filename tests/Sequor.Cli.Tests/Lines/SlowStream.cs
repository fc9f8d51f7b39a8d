using System.Text;

namespace Sequor.Cli.Tests.Lines;

/// <summary>A stream that gives one part at a time, as a terminal and a pipe do; a single part byte by byte.</summary>
internal sealed class SlowStream(params string[] parts) : MemoryStream
{
    private readonly Queue<byte[]> _parts = new(parts.Length == 1
        ? Encoding.UTF8.GetBytes(parts[0]).Select(one => new[] { one })
        : parts.Select(Encoding.UTF8.GetBytes));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        byte[] part = _parts.Count == 0 ? [] : _parts.Dequeue();
        part.CopyTo(buffer);
        return part.Length;
    }
}
