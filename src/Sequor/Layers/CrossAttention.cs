using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Layers;

/// <summary>Multi-head attention of a target sentence to its source sentence (Vaswani et al. 2017, §3.2.3).</summary>
public sealed class CrossAttention
{
    private readonly Linear _query;
    private readonly Linear _pairs;
    private readonly Linear _output;
    private readonly BlockOptions _options;

    /// <summary>Makes the block from <c>query</c>, <c>key</c>, <c>value</c> and <c>output</c>.</summary>
    /// <param name="options">Width, heads and dropout.</param>
    /// <param name="weights">Where the weights come from.</param>
    public CrossAttention(BlockOptions options, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        _options = options;
        _query = new Linear(options.Width, options.Width, weights.In("query"), options.Initializer);
        _pairs = new Linear(["key", "value"], options.Width, options.Width, weights, options.Initializer);
        _output = new Linear(options.Width, options.Width, weights.In("output"), options.Initializer);
    }

    /// <summary>Lets every target position read its source.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="layout">The target sentences.</param>
    /// <param name="memory">[M, D]; what the encoder made.</param>
    /// <param name="memoryLayout">The source sentences.</param>
    /// <returns>[N, D]</returns>
    public Tensor Forward(Tensor x, SequenceLayout layout, Tensor memory, SequenceLayout memoryLayout) =>
        Forward(x, layout, memory, memoryLayout, null, out _);

    /// <summary>As the other, and tells how much each head of each position looked at each of its source.</summary>
    /// <param name="x">[N, D]</param>
    /// <param name="layout">The target sentences.</param>
    /// <param name="memory">[M, D]; what the encoder made.</param>
    /// <param name="memoryLayout">The source sentences.</param>
    /// <param name="readers">Which source sentence each target row reads; null where nothing is to be told.</param>
    /// <param name="weights">[N · H, L], the rows of a position's heads below each other, with gradients; or none.</param>
    /// <returns>[N, D]</returns>
    internal Tensor Forward(
        Tensor x, SequenceLayout layout, Tensor memory, SequenceLayout memoryLayout, SourceReaders? readers, out Tensor weights)
    {
        Tensor queries = _query.Forward(x);
        Tensor pairs = _pairs.Forward(memory);
        weights = readers is null ? default : Weights(queries, pairs, readers);
        Tensor read = queries.CrossAttention(layout, pairs, memoryLayout, _options.Heads, _options.AttentionDropout);
        queries.Discard();
        pairs.Discard();
        Tensor result = _output.Forward(read);
        read.Discard();
        return result;
    }

    /// <summary>The fused operation keeps its weights to itself and drops some of them in training: these are worked out beside it, and all there.</summary>
    private Tensor Weights(Tensor queries, Tensor pairs, SourceReaders readers)
    {
        Tensor keys = pairs.Columns(0, _options.Width);
        Tensor scores = queries.DotScores(keys, readers, _options.Heads, 1 / MathF.Sqrt(_options.Width / _options.Heads));
        keys.Discard();
        Tensor byHead = scores.SoftmaxOverSource(readers);
        scores.Discard();
        return byHead;
    }

    /// <summary>Works out the keys and values of source sentences that join, to be read at every step of decoding.</summary>
    /// <param name="cache">Where they go; it has room for the sentences already.</param>
    /// <param name="layer">The layer of the cache, from 0.</param>
    /// <param name="memory">[M, D]; what the encoder made.</param>
    /// <param name="memoryLayout">The source sentences.</param>
    public void Join(SourceCache cache, int layer, Tensor memory, SequenceLayout memoryLayout)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Tensor pairs = _pairs.Forward(memory);
        cache.Write(layer, pairs, memoryLayout);
        pairs.Discard();
    }

    /// <summary>One decoding step.</summary>
    /// <param name="x">[R, D], one row per hypothesis.</param>
    /// <param name="source">Keys and values of each row's source sentence.</param>
    /// <param name="layer">The layer of the cache, from 0.</param>
    /// <param name="weights">Receives each row's attention weights, averaged over heads; empty when unwanted.</param>
    /// <returns>[R, D]</returns>
    public Tensor Step(Tensor x, SourceCache source, int layer, Span<float[]> weights)
    {
        Tensor queries = _query.Forward(x);
        Tensor read = queries.CachedCrossAttention(source, layer, weights);
        queries.Discard();
        Tensor result = _output.Forward(read);
        read.Discard();
        return result;
    }
}
