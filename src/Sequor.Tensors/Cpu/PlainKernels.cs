using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu;

/// <summary>Every kernel as the plain loop that defines it; the loops themselves are in <c>Plain/</c>.</summary>
internal sealed partial class PlainKernels : IKernels
{
}
