using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>What is done to each element of a finished matrix product, while it is still near the processor.</summary>
/// <param name="Bias">Added to every row, [columns]; empty for none.</param>
/// <param name="Activation">Applied last.</param>
/// <param name="PreActivation">Where the value before the activation is kept for the backward pass, laid out row after row without gaps, [rows, columns]; empty when nobody needs it.</param>
public readonly record struct Epilogue(Storage<float> Bias, Activation Activation = Activation.None, Storage<float> PreActivation = default)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Bias.IsEmpty && Activation == Activation.None && PreActivation.IsEmpty;
}
