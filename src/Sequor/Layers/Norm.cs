using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>The kinds of normalisation.</summary>
public enum NormKind
{
    /// <summary>Mean 0 and variance 1, then gain and bias (Ba et al. 2016).</summary>
    Layer,

    /// <summary>Root mean square 1, then gain (Zhang and Sennrich 2019).</summary>
    Rms,
}

/// <summary>Brings every row to one size.</summary>
public sealed class Norm
{
    private readonly Parameter _gain;
    private readonly Parameter? _bias;

    /// <summary>Makes the layer from <c>weight</c> [width] and, for layer norm, <c>bias</c> [width].</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="width">Width of the rows, D.</param>
    /// <param name="weights">Where the weights come from.</param>
    public Norm(NormKind kind, int width, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _gain = weights.Get("weight", [width], Initializer.Ones);
        _bias = kind == NormKind.Layer ? weights.Get("bias", [width], Initializer.Zeros) : null;
    }

    /// <summary>What normalised rows are multiplied by, [D].</summary>
    internal Tensor Gain => _gain;

    /// <summary>What is added to them, [D]; none for <see cref="NormKind.Rms"/>.</summary>
    internal Tensor Bias => _bias?.Value ?? default;

    /// <summary>Normalises every row.</summary>
    /// <param name="x">[N, D]</param>
    /// <returns>[N, D]</returns>
    public Tensor Forward(Tensor x) => _bias is null ? x.RmsNorm(_gain) : x.LayerNorm(_gain, _bias);
}
