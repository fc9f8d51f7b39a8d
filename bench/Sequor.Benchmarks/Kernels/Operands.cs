using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>The memory of one piece of work, as the engine allocates it.</summary>
internal sealed class Operands : IDisposable
{
    private readonly List<(nint Address, long Bytes)> _blocks = [];
    private readonly Random _random = new(1);

    /// <summary>Numbers of -1 to 1.</summary>
    internal Storage<float> Numbers(long count) => Fill(count, random => (2 * random.NextSingle()) - 1);

    /// <summary>Numbers of 0.1 to 1.</summary>
    internal Storage<float> Positives(long count) => Fill(count, random => 0.1f + (0.9f * random.NextSingle()));

    /// <summary>Whole numbers of 0 to below a limit.</summary>
    internal Storage<int> Ids(long count, int limit) => Fill(count, random => random.Next(limit));

    /// <summary>Keys of rows.</summary>
    internal Storage<uint> Keys(long count) => Fill(count, random => (uint)random.NextInt64(1L << 32));

    /// <summary>Given numbers.</summary>
    internal Storage<T> Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Storage<T> storage = Take<T>(values.Length);
        values.CopyTo(storage.Span);
        return storage;
    }

    /// <summary>Rows that lie without gaps.</summary>
    internal Matrix Rows(int rows, int columns) => new(Numbers((long)rows * columns), rows, columns);

    public void Dispose() => _blocks.ForEach(block => AlignedMemory.Free(block.Address, block.Bytes));

    private Storage<T> Fill<T>(long count, Func<Random, T> draw)
        where T : unmanaged
    {
        Storage<T> storage = Take<T>(count);
        foreach (ref T value in storage.Span)
        {
            value = draw(_random);
        }

        return storage;
    }

    private unsafe Storage<T> Take<T>(long count)
        where T : unmanaged
    {
        nint address = AlignedMemory.Allocate(count * sizeof(T));
        _blocks.Add((address, count * sizeof(T)));
        return new Storage<T>(address, count);
    }
}
