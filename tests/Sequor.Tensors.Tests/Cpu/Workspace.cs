using Sequor.Tensors.Memory;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Guarded memory for one run of a kernel, filled with the same numbers for the same seed.</summary>
internal sealed class Workspace(int seed) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly List<GuardedFloats> _blocks = [];
    private readonly List<GuardedFloats> _results = [];

    /// <summary>Whether kernels that can are to add: every second seed.</summary>
    internal bool Accumulate => seed % 2 == 1;

    public void Dispose()
    {
        foreach (GuardedFloats block in _blocks)
        {
            block.Dispose();
        }
    }

    /// <summary>Numbers around 0 of about this size.</summary>
    internal Storage<float> Numbers(long count, float size = 1, float around = 0) => Block(count, size, around).Storage;

    /// <summary>Numbers that a kernel changes and a test compares; filled, so that adding and forgotten places show.</summary>
    internal Storage<float> Result(long count, float size = 1, float around = 0)
    {
        GuardedFloats block = Block(count, size, around);
        _results.Add(block);
        return block.Storage;
    }

    /// <summary>Whole numbers from 0 to below a limit.</summary>
    internal unsafe Storage<int> Ids(int count, int below)
    {
        Storage<int> ids = new(Block(count, 1, 0).Storage.Address, count);
        for (int i = 0; i < count; i++)
        {
            ids.Span[i] = _random.Next(below);
        }

        return ids;
    }

    /// <summary>Given whole numbers.</summary>
    internal Storage<int> Ids(ReadOnlySpan<int> values)
    {
        Storage<int> ids = new(Block(values.Length, 1, 0).Storage.Address, values.Length);
        values.CopyTo(ids.Span);
        return ids;
    }

    /// <summary>Given long whole numbers.</summary>
    internal Storage<long> Longs(ReadOnlySpan<long> values)
    {
        Storage<long> longs = new(Block(2 * values.Length, 1, 0).Storage.Address, values.Length);
        values.CopyTo(longs.Span);
        return longs;
    }

    /// <summary>Row keys of a dropout.</summary>
    internal Storage<uint> Keys(int count)
    {
        Storage<uint> keys = new(Block(count, 1, 0).Storage.Address, count);
        for (int i = 0; i < count; i++)
        {
            keys.Span[i] = (uint)_random.NextInt64(1L << 32);
        }

        return keys;
    }

    /// <summary>One number as a result.</summary>
    internal void Add(double value) => Result(1).Span[0] = (float)value;

    /// <summary>All results, one after the other.</summary>
    internal float[] Results() => [.. _results.SelectMany(result => result.Span.ToArray())];

    private GuardedFloats Block(long count, float size, float around)
    {
        GuardedFloats block = new(count);
        _blocks.Add(block);
        foreach (ref float value in block.Span)
        {
            value = around + (size * (float)((2 * _random.NextDouble()) - 1));
        }

        return block;
    }
}
