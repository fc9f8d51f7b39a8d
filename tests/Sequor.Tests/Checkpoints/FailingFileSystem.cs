using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

/// <summary>A disk on which the step after the first <paramref name="steps"/> fails, as on a full disk; every write is a step.</summary>
/// <param name="steps">How many steps succeed.</param>
/// <param name="killed">Whether everything after the failure fails too, clearing up included, as when the process dies there.</param>
internal sealed class FailingFileSystem(int steps, bool killed = false) : IFileSystem
{
    private int _taken;

    /// <summary>Whether the failure has happened.</summary>
    public bool HasFailed => _taken > steps;

    public Stream Create(string path)
    {
        Step();
        return new CountingStream(Disk.Instance.Create(path), Step);
    }

    public void Flush(Stream stream)
    {
        Step();
        Disk.Instance.Flush(((CountingStream)stream).Below);
    }

    public void CreateDirectory(string path)
    {
        Step();
        Disk.Instance.CreateDirectory(path);
    }

    public void FlushDirectory(string path)
    {
    }

    public void MoveFile(string from, string to)
    {
        Step();
        Disk.Instance.MoveFile(from, to);
    }

    public void MoveDirectory(string from, string to)
    {
        Step();
        Disk.Instance.MoveDirectory(from, to);
    }

    public void DeleteFile(string path)
    {
        Delete();
        Disk.Instance.DeleteFile(path);
    }

    public void DeleteDirectory(string path)
    {
        Delete();
        Disk.Instance.DeleteDirectory(path);
    }

    private void Step()
    {
        bool fails = killed ? _taken >= steps : _taken == steps;
        _taken++;
        if (fails)
        {
            throw new IOException("No space left on device.");
        }
    }

    /// <summary>A full disk can still delete; a dead process cannot.</summary>
    private void Delete()
    {
        if (killed && HasFailed)
        {
            throw new IOException("The process is gone.");
        }
    }

    private sealed class CountingStream(Stream below, Action step) : Stream
    {
        public Stream Below => below;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => below.Length;

        public override long Position { get => below.Position; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            step();
            below.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => below.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            below.Dispose();
            base.Dispose(disposing);
        }
    }
}
