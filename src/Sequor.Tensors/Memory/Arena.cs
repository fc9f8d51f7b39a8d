namespace Sequor.Tensors.Memory;

/// <summary>Memory that is taken piece by piece and given back all at once, at the end of a step. After the first steps it is one block.</summary>
internal sealed class Arena(Device device) : IDisposable
{
    private const long SmallestBlock = 1 << 20;
    private const long Alignment = 64;

    private readonly List<(nint Address, long Bytes)> _blocks = [];
    private long _used;
    private long _takenBefore;

    /// <summary>Bytes held from the device.</summary>
    internal long ReservedBytes { get; private set; }

    /// <summary>The most bytes that one step has used.</summary>
    internal long PeakBytes { get; private set; }

    internal unsafe Storage<T> Take<T>(long length)
        where T : unmanaged
    {
        long bytes = ((length * sizeof(T)) + Alignment - 1) / Alignment * Alignment;
        if (_blocks.Count == 0 || _used + bytes > _blocks[^1].Bytes)
        {
            AddBlock(bytes);
        }

        nint address = _blocks[^1].Address + (nint)_used;
        _used += bytes;
        return new Storage<T>(address, length);
    }

    internal void Reset()
    {
        PeakBytes = Math.Max(PeakBytes, _takenBefore + _used);
        if (_blocks.Count > 1)
        {
            // One block of the size that was needed: the next step of this size stays within it.
            long total = ReservedBytes;
            FreeBlocks();
            AddBlock(total);
        }

        _used = 0;
        _takenBefore = 0;
    }

    public void Dispose() => FreeBlocks();

    private void AddBlock(long bytes)
    {
        long size = Math.Max(Math.Max(bytes, SmallestBlock), ReservedBytes / 2);
        _takenBefore += _used;
        _blocks.Add((device.Allocate(size), size));
        ReservedBytes += size;
        _used = 0;
    }

    private void FreeBlocks()
    {
        foreach ((nint address, long bytes) in _blocks)
        {
            device.Free(address, bytes);
        }

        _blocks.Clear();
        ReservedBytes = 0;
        _used = 0;
    }
}
