using System.Buffers;

namespace Sequor.Cli.Mcp;

/// <summary>Shows the lines that pass through a stream to somebody, and leaves them as they are.</summary>
/// <param name="inner">The stream.</param>
/// <param name="line">Shown each line.</param>
/// <param name="ended">Called before the end is told; null for nothing.</param>
internal sealed class WatchedStream(Stream inner, Action<ReadOnlyMemory<byte>> line, Func<CancellationToken, Task>? ended = null) : Stream
{
    private const int BytesOfRead = 1 << 16;

    private readonly ArrayBufferWriter<byte> _begun = new();

    private readonly byte[] _read = inner.CanRead ? new byte[BytesOfRead] : [];

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A console's read does not end when it is cancelled. It is left behind then, with bytes that are nobody else's.
        int read = await inner.ReadAsync(_read.AsMemory(0, Math.Min(buffer.Length, BytesOfRead)), cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        _read.AsSpan(0, read).CopyTo(buffer.Span);
        Show(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0 && ended is not null)
            await ended(cancellationToken).ConfigureAwait(false);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The rest of the line will not follow, and nobody shall wait for it.
            Show([.. buffer.Span, (byte)'\n']);
            throw;
        }

        Show(buffer.Span);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Show(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            _begun.Write(bytes[..end]);
            line(_begun.WrittenMemory);
            _begun.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }

        _begun.Write(bytes);
    }
}
