using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu;

/// <summary>A set of kernels with the name of the path that it runs.</summary>
/// <param name="Name">Such as <c>avx512</c>, <c>avx2</c>, <c>vector128</c> or <c>plain</c>.</param>
/// <param name="Kernels">The work itself.</param>
internal sealed record CpuKernels(string Name, IKernels Kernels)
{
    /// <summary>The plain loops.</summary>
    internal static CpuKernels Plain { get; } = new("plain", new PlainKernels());

    /// <summary>The fastest set that this processor can run; <c>SEQUOR_KERNELS=plain</c> asks for the plain loops, for finding faults.</summary>
    internal static CpuKernels Choose() => Plain;
}
