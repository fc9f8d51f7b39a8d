using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Two dense layers with a nonlinear function between them, applied to each row alone (Vaswani et al. 2017, §3.3).</summary>
public sealed class FeedForward
{
    private readonly Linear _input;
    private readonly Linear _output;
    private readonly BlockOptions _options;

    /// <summary>Makes the block from <c>input</c> and <c>output</c>, and <c>gate</c> when it is gated.</summary>
    /// <param name="options">Widths, function and dropout.</param>
    /// <param name="weights">Where the weights come from.</param>
    public FeedForward(BlockOptions options, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        _options = options;
        string[] parts = options.Gated ? ["gate", "input"] : ["input"];
        _input = new Linear(parts, options.Width, options.FeedForwardWidth, weights, options.Initializer);
        _output = new Linear(options.FeedForwardWidth, options.Width, weights.In("output"), options.Initializer);
    }

    /// <summary>Applies the block to every row.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[N, D]</returns>
    public Tensor Forward(Tensor x, SequenceLayout layout)
    {
        Tensor inner = _options.Gated ? Gated(x) : _input.Forward(x, _options.Activation);
        Tensor dropped = inner.Dropout(_options.ActivationDropout, layout);
        inner.Discard(unless: dropped);
        Tensor result = _output.Forward(dropped);
        dropped.Discard();
        return result;
    }

    private Tensor Gated(Tensor x)
    {
        Tensor both = _input.Forward(x);
        Tensor gated = both.Gate(_options.Activation);
        both.Discard();
        return gated;
    }
}
