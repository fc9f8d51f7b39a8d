using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Benchmarks.Kernels;

/// <summary>One case on one side, ready to be run again and again.</summary>
internal sealed class KernelRun : IDisposable
{
    private readonly Operands _operands = new();
    private readonly KernelWork _work;
    private readonly WorkerPool? _pool;
    private readonly IKernels? _kernels;

    internal KernelRun(KernelCase kernel, KernelSide side)
    {
        _work = kernel.Prepare(_operands);
        if (side is KernelSide.OneThread or KernelSide.TwoThreads)
        {
            _pool = new WorkerPool(side == KernelSide.OneThread ? 1 : 2);
            _kernels = new SimdKernels(InstructionPaths.Chosen, _pool);
        }
        else if (side == KernelSide.Plain)
        {
            _kernels = new PlainKernels();
        }
    }

    /// <summary>Whether this side has the function.</summary>
    internal bool IsPossible => _kernels is not null || _work.Primitives is not null;

    /// <summary>The whole piece of work once.</summary>
    internal void Run()
    {
        if (_kernels is not null)
        {
            _work.Run(_kernels);
        }
        else
        {
            _work.Primitives!();
        }
    }

    public void Dispose()
    {
        if (_pool is not null)
        {
            _pool.Threads = 1;
        }

        _operands.Dispose();
    }
}

/// <summary>Who does the work.</summary>
public enum KernelSide
{
    /// <summary>The fastest kernels on one thread.</summary>
    OneThread,

    /// <summary>The fastest kernels on two threads.</summary>
    TwoThreads,

    /// <summary>The plain twin on one thread.</summary>
    Plain,

    /// <summary>.NET's <c>TensorPrimitives</c> on one thread.</summary>
    Primitives,
}
