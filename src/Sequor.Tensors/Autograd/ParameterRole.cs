namespace Sequor.Tensors.Autograd;

/// <summary>What a parameter is used for, which decides how it may be held for decoding.</summary>
public enum ParameterRole
{
    /// <summary>Added to or multiplied with rows: norms, biases, positions, states. Always float32.</summary>
    Plain,

    /// <summary>[out, in], used in products with rows and in look-ups only: it can be held packed in any <see cref="Kernels.WeightType"/>.</summary>
    Matrix,
}
