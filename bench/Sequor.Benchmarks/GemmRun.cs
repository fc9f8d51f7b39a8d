using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Benchmarks;

/// <summary>One shape, ready to be multiplied by our kernels again and again.</summary>
internal sealed class GemmRun : IDisposable
{
    private readonly GemmOperands _operands;
    private readonly SimdKernels _kernels;
    private readonly WorkerPool _pool;

    internal GemmRun(GemmShape shape, InstructionPath path, int threads)
    {
        _operands = new GemmOperands(shape);
        _pool = new WorkerPool(threads);
        _kernels = new SimdKernels(path, _pool);
        Packed = new GemmBlock(_kernels.PackedLength(shape.K, shape.N));
        _kernels.Pack(_operands.B, Packed.Storage);
    }

    private GemmBlock Packed { get; }

    private GemmShape Shape => _operands.Shape;

    /// <summary>The whole piece of work once, as training does it.</summary>
    internal void MultiplyAsUsed()
    {
        if (Shape.UsesPackedWeight)
        {
            MultiplyPacked();
        }
        else
        {
            Multiply();
        }
    }

    /// <summary>The same with the right-hand side as it lies.</summary>
    internal void Multiply()
    {
        if (Shape.Batches > 1)
        {
            _kernels.MatMulBatched(_operands.A, _operands.B, _operands.C, Shape.Batches, 0, 0, 0, Shape.Accumulates);
        }
        else
        {
            _kernels.MatMul(_operands.A, _operands.B, _operands.C, Shape.Accumulates, default);
        }
    }

    /// <summary>The same with the right-hand side packed before.</summary>
    internal void MultiplyPacked() => _kernels.MatMulPacked(_operands.A, Packed.Storage, _operands.C, Shape.Accumulates, default);

    public void Dispose()
    {
        _pool.Threads = 1;
        Packed.Dispose();
        _operands.Dispose();
    }
}
