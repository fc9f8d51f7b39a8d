using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Layers;

/// <summary>Multi-head attention of a sentence to itself (Vaswani et al. 2017, §3.2).</summary>
public sealed class SelfAttention
{
    private readonly Linear _pairs;
    private readonly Linear _output;
    private readonly BlockOptions _options;
    private readonly bool _causal;

    /// <summary>Makes the block from <c>query</c>, <c>key</c>, <c>value</c> and <c>output</c>.</summary>
    /// <param name="options">Width, heads and dropout.</param>
    /// <param name="causal">Whether a position sees only itself and earlier ones.</param>
    /// <param name="weights">Where the weights come from.</param>
    public SelfAttention(BlockOptions options, bool causal, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        _options = options;
        _causal = causal;
        _pairs = new Linear(["query", "key", "value"], options.Width, options.Width, weights, options.Initializer);
        _output = new Linear(options.Width, options.Width, weights.In("output"), options.Initializer);
    }

    /// <summary>Lets every position read its sentence.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[N, D]</returns>
    public Tensor Forward(Tensor x, SequenceLayout layout)
    {
        Tensor all = Projected(x, layout);
        Tensor read = all.SelfAttention(layout, _options.Heads, _causal, _options.AttentionDropout);
        all.Discard();
        return Output(read);
    }

    /// <summary>One decoding step: every row reads what its hypothesis has seen so far, and joins it.</summary>
    /// <param name="x">[R, D], one row per hypothesis.</param>
    /// <param name="layout">The rows, at their position.</param>
    /// <param name="cache">What was seen so far, with this position begun.</param>
    /// <param name="layer">The layer of the cache, from 0.</param>
    /// <returns>[R, D]</returns>
    public Tensor Step(Tensor x, SequenceLayout layout, HypothesisCache cache, int layer)
    {
        Tensor all = Projected(x, layout);
        Tensor read = all.CachedSelfAttention(cache, layer, _options.Heads);
        all.Discard();
        return Output(read);
    }

    private Tensor Projected(Tensor x, SequenceLayout layout)
    {
        Tensor all = _pairs.Forward(x);
        if (!_options.Rotary)
        {
            return all;
        }

        Tensor turned = all.Rotate(layout, 2 * _options.Heads, 2 * _options.Width);
        all.Discard();
        return turned;
    }

    private Tensor Output(Tensor read)
    {
        Tensor result = _output.Forward(read);
        read.Discard();
        return result;
    }
}
