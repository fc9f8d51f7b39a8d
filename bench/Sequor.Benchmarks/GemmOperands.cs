using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks;

/// <summary>The three matrices of a shape, with numbers of -1 to 1.</summary>
internal sealed class GemmOperands(GemmShape shape) : IDisposable
{
    private readonly GemmBlock _a = new((long)shape.M * shape.K);
    private readonly GemmBlock _b = new((long)shape.K * shape.N);
    private readonly GemmBlock _c = new((long)shape.M * shape.N);

    internal GemmShape Shape => shape;

    internal Matrix A => View(_a, shape.M, shape.K, shape.TransposeA);

    internal Matrix B => View(_b, shape.K, shape.N, shape.TransposeB);

    internal Matrix C => View(_c, shape.M, shape.N, transpose: false);

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    private static Matrix View(GemmBlock block, int rows, int columns, bool transpose) =>
        transpose ? new Matrix(block.Storage, columns, rows).Transposed : new Matrix(block.Storage, rows, columns);
}

/// <summary>Numbers of -1 to 1 in memory as the engine allocates it.</summary>
internal sealed class GemmBlock : IDisposable
{
    internal GemmBlock(long count)
    {
        Storage = new Storage<float>(AlignedMemory.Allocate(count * sizeof(float)), count);
        Random random = new(1);
        foreach (ref float value in Storage.Span)
        {
            value = (2 * random.NextSingle()) - 1;
        }
    }

    internal Storage<float> Storage { get; }

    public void Dispose() => AlignedMemory.Free(Storage.Address, Storage.Length * sizeof(float));
}
