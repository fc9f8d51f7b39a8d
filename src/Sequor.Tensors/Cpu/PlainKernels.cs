namespace Sequor.Tensors.Cpu;

/// <summary>Every kernel as the plain loop that defines it.</summary>
internal sealed partial class PlainKernels
{
}
