namespace Sequor.Tensors;

/// <summary>The nonlinear functions a layer can end with.</summary>
public enum Activation
{
    /// <summary>x itself.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x · Φ(x) in its tanh form, 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))) (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>x · sigmoid(x), also called swish (Ramachandran et al. 2017).</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
