using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu;

/// <summary>Every kernel in vectors, on the threads of a pool; the loops themselves are in <c>Simd/</c>.</summary>
internal sealed partial class SimdKernels : IKernels
{
    private readonly WorkerPool _pool;
    private readonly InstructionPath _path;

    /// <summary>Makes the kernels of one path.</summary>
    /// <param name="path">The width of the matrix products, which this processor must support; other kernels follow <see cref="InstructionPaths.Chosen"/>.</param>
    /// <param name="pool">The threads to work on.</param>
    internal SimdKernels(InstructionPath path, WorkerPool pool)
    {
        _path = path;
        _pool = pool;
    }
}
