namespace Sequor.Tensors.Memory;

/// <summary>
/// The memory of a step: pieces are taken, some are given back early and serve the next, and all are given back at once at the step's end.
/// After the first steps it is one block. Which piece is taken depends on the sizes asked for and on nothing else.
/// </summary>
internal sealed class Arena(Device device) : IDisposable
{
    private const long SmallestBlock = 1 << 20;

    private readonly List<ArenaBlock> _blocks = [];
    private long _nextBytes;

    /// <summary>An arena that nobody disposed of gives its blocks back when the garbage collector finds it.</summary>
    ~Arena() => FreeBlocks();

    /// <summary>Bytes held from the device.</summary>
    internal long ReservedBytes { get; private set; }

    /// <summary>The most bytes that one step has touched.</summary>
    internal long PeakBytes { get; private set; }

    internal unsafe Storage<T> Take<T>(long length)
        where T : unmanaged
    {
        long bytes = BytesOf<T>(length);
        foreach (ArenaBlock block in _blocks)
        {
            if (block.TryTake(bytes, out nint address))
            {
                return new Storage<T>(address, length);
            }
        }

        _ = AddBlock(bytes).TryTake(bytes, out nint first);
        return new Storage<T>(first, length);
    }

    /// <summary>Gives a whole piece back before the step ends; it may be taken again at once.</summary>
    internal void Release<T>(Storage<T> storage)
        where T : unmanaged
    {
        if (storage.IsEmpty)
        {
            return;
        }

        foreach (ArenaBlock block in _blocks)
        {
            if (block.Holds(storage.Address))
            {
                block.Release(storage.Address, BytesOf<T>(storage.Length));
                return;
            }
        }
    }

    internal void Reset()
    {
        long touched = Touched();
        PeakBytes = Math.Max(PeakBytes, touched);
        if (_blocks.Count > 1)
        {
            // One block of the size that was needed, and room for slightly larger steps: what is never touched costs nothing.
            FreeBlocks();
            AddBlock(touched + (touched / 8));
        }

        foreach (ArenaBlock block in _blocks)
        {
            block.Reset();
        }
    }

    /// <summary>Gives all blocks back; the next step takes new ones.</summary>
    internal void Trim()
    {
        PeakBytes = Math.Max(PeakBytes, Touched());
        _nextBytes = Math.Max(_nextBytes, ReservedBytes);
        FreeBlocks();
    }

    public void Dispose()
    {
        FreeBlocks();
        GC.SuppressFinalize(this);
    }

    private static unsafe long BytesOf<T>(long length)
        where T : unmanaged => ((length * sizeof(T)) + ArenaBlock.Alignment - 1) / ArenaBlock.Alignment * ArenaBlock.Alignment;

    private long Touched()
    {
        long touched = 0;
        foreach (ArenaBlock block in _blocks)
        {
            touched += block.TouchedBytes;
        }

        return touched;
    }

    private ArenaBlock AddBlock(long bytes)
    {
        long size = Math.Max(Math.Max(bytes, SmallestBlock), Math.Max(ReservedBytes / 2, _nextBytes)) / ArenaBlock.Alignment * ArenaBlock.Alignment;
        var block = new ArenaBlock(device.Allocate(size), size);
        _blocks.Add(block);
        ReservedBytes += size;
        _nextBytes = 0;
        return block;
    }

    private void FreeBlocks()
    {
        foreach (ArenaBlock block in _blocks)
        {
            device.Free(block.Address, block.Bytes);
        }

        _blocks.Clear();
        ReservedBytes = 0;
    }
}
