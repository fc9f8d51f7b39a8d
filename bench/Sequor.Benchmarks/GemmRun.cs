using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks;

/// <summary>The operands of one shape, ready to be multiplied again and again.</summary>
internal sealed class GemmRun : IDisposable
{
    private readonly GemmShape _shape;
    private readonly SimdKernels _kernels;
    private readonly Matrix _a;
    private readonly Matrix _b;
    private readonly Matrix _c;
    private readonly Storage<float> _packed;

    internal GemmRun(GemmShape shape, InstructionPath path, int threads)
    {
        _shape = shape;
        Pool = new WorkerPool(threads);
        _kernels = new SimdKernels(path, Pool);
        _a = Make(shape.M, shape.K, shape.TransposeA);
        _b = Make(shape.K, shape.N, shape.TransposeB);
        _c = Make(shape.M, shape.N, transpose: false);
        _packed = Allocate(_kernels.PackedLength(shape.K, shape.N));
        _kernels.Pack(_b, _packed);
    }

    private WorkerPool Pool { get; }

    /// <summary>The whole piece of work once.</summary>
    internal void Multiply()
    {
        if (_shape.Batches > 1)
        {
            _kernels.MatMulBatched(_a, _b, _c, _shape.Batches, 0, 0, 0, accumulate: false);
        }
        else
        {
            _kernels.MatMul(_a, _b, _c, accumulate: false, default);
        }
    }

    /// <summary>The same with the right-hand side packed before.</summary>
    internal void MultiplyPacked() => _kernels.MatMulPacked(_a, _packed, _c, accumulate: false, default);

    public void Dispose()
    {
        Pool.Threads = 1;
        foreach (nint address in (ReadOnlySpan<nint>)[_a.Storage.Address, _b.Storage.Address, _c.Storage.Address, _packed.Address])
        {
            AlignedMemory.Free(address);
        }
    }

    private static Matrix Make(int rows, int columns, bool transpose)
    {
        Storage<float> storage = Allocate((long)rows * columns);
        Random random = new(1);
        foreach (ref float value in storage.Span)
        {
            value = (2 * random.NextSingle()) - 1;
        }

        return transpose ? new Matrix(storage, columns, rows).Transposed : new Matrix(storage, rows, columns);
    }

    private static Storage<float> Allocate(long count) => new(AlignedMemory.Allocate(count * sizeof(float)), count);
}
