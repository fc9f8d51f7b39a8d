using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>y = activation(x · weightᵀ + bias).</summary>
public sealed class Linear
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    /// <summary>Makes the layer from <c>weight</c> [to, from] and <c>bias</c> [to].</summary>
    /// <param name="from">Width of the input.</param>
    /// <param name="to">Width of the output.</param>
    /// <param name="weights">Where the weights come from.</param>
    /// <param name="initializer">How a fresh weight is drawn; the bias starts at 0.</param>
    public Linear(int from, int to, INamedWeights weights, Initializer initializer)
        : this([""], from, to, weights, initializer)
    {
    }

    private Linear(Parameter weight) => _weight = weight;

    /// <summary>Makes several layers of one input that are worked out in one product, their outputs side by side.</summary>
    /// <param name="parts">The layers' names, such as <c>query</c>, <c>key</c>, <c>value</c>; left to right in the output.</param>
    /// <param name="from">Width of the input.</param>
    /// <param name="to">Width of each output.</param>
    /// <param name="weights">Where the weights come from.</param>
    /// <param name="initializer">How fresh weights are drawn; the biases start at 0.</param>
    public Linear(IReadOnlyList<string> parts, int from, int to, INamedWeights weights, Initializer initializer)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weight = weights.GetStacked([.. parts.Select(part => Join(part, "weight"))], [to, from], initializer, ParameterRole.Matrix);
        _bias = weights.GetStacked([.. parts.Select(part => Join(part, "bias"))], [to], Initializer.Zeros);
    }

    /// <summary>A layer without a bias, from <c>weight</c> [to, from].</summary>
    /// <param name="from">Width of the input.</param>
    /// <param name="to">Width of the output.</param>
    /// <param name="weights">Where the weight comes from.</param>
    /// <param name="initializer">How a fresh weight is drawn.</param>
    public static Linear WithoutBias(int from, int to, INamedWeights weights, Initializer initializer)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new Linear(weights.Get("weight", [to, from], initializer, ParameterRole.Matrix));
    }

    /// <summary>Applies the layer to every row.</summary>
    /// <param name="x">[N, from]</param>
    /// <param name="activation">What each element goes through last.</param>
    /// <param name="addTo">[N, parts × to]; what the product is added to, or none.</param>
    /// <returns>[N, parts × to]</returns>
    /// <exception cref="ShapeException">The rows have another width than the layer was made for, or what is added to has other sizes than the result.</exception>
    public Tensor Forward(Tensor x, Activation activation = Activation.None, Tensor addTo = default) =>
        x.Linear(_weight, _bias?.Value ?? default, activation, addTo);

    private static string Join(string part, string name) => part.Length == 0 ? name : $"{part}.{name}";
}
