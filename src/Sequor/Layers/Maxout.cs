using Sequor.Tensors;

namespace Sequor.Layers;

/// <summary>max(a, b), element by element, of two dense layers of one input (Goodfellow et al. 2013).</summary>
/// <param name="from">Width of the input.</param>
/// <param name="to">Width of the output.</param>
/// <param name="weights">Where <c>first</c> and <c>second</c> come from.</param>
/// <param name="initializer">How fresh weights are drawn.</param>
internal sealed class Maxout(int from, int to, INamedWeights weights, Initializer initializer)
{
    private readonly Linear _both = new(["first", "second"], from, to, weights, initializer);

    /// <summary>Applies the layer to every row.</summary>
    /// <param name="x">[N, from]</param>
    /// <returns>[N, to]</returns>
    internal Tensor Forward(Tensor x)
    {
        Tensor both = _both.Forward(x);
        Tensor second = both.Columns(to, to);
        return second.Add(both.Columns(0, to).Add(second.Scale(-1)).Activate(Activation.Relu));
    }
}
