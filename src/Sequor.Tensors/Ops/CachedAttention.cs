using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>One decoding step of causal self-attention: every hypothesis's key and value go to its position in the cache, then it reads all of its positions.
    /// The same bits as <see cref="SelfAttention"/> at that position.</summary>
    /// <param name="cache">What earlier steps left; <see cref="HypothesisCache.Advance"/> has begun the position.</param>
    /// <param name="layer">The cache's layer, from 0.</param>
    /// <param name="heads">The number of heads, H.</param>
    /// <returns>[R, D], where this is [R, 3D], one row per hypothesis.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CachedSelfAttention(HypothesisCache cache, int layer, int heads)
    {
        ArgumentNullException.ThrowIfNull(cache);
        CheckLayer(layer, cache.Layers);
        ShapeErrors.CheckWidth("CachedSelfAttention", "the input", Shape, 3 * cache.Width);
        ShapeErrors.CheckRows("CachedSelfAttention", "the input", Shape, cache.Count);
        CheckHeads(cache.Width, heads);
        Tensor result = Op.RequiredStep("CachedSelfAttention", this).Allocate([cache.Count, cache.Width], recorded: false);
        Kernels.SlotAttention(cache.Plan(layer, heads), AsMatrix(), result.AsMatrix());
        GC.KeepAlive(cache);
        return result;
    }

    /// <summary>One decoding step of attention to the source. The same bits as <see cref="CrossAttention"/> at that position.</summary>
    /// <param name="cache">The keys and values of each row's source sentence.</param>
    /// <param name="layer">The cache's layer, from 0.</param>
    /// <param name="weights">Receives the attention weights averaged over heads, row after row, each as long as its source; a row that holds something already is
    /// left as it is; empty when unwanted.</param>
    /// <returns>[R, D], where this is [R, D], one row per hypothesis.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CachedCrossAttention(SourceCache cache, int layer, Span<float[]> weights = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        CheckLayer(layer, cache.Layers);
        ShapeErrors.CheckWidth("CachedCrossAttention", "the queries", Shape, cache.Width);
        ShapeErrors.CheckRows("CachedCrossAttention", "the queries", Shape, cache.Count);
        Step step = Op.RequiredStep("CachedCrossAttention", this);
        Tensor result = step.Allocate([cache.Count, cache.Width], recorded: false);
        int longest = weights.IsEmpty ? 0 : cache.Longest;
        Storage<float> means = weights.IsEmpty ? default : step.Take<float>((long)cache.Count * longest);
        Kernels.TileAttention(cache.Plan(layer), AsMatrix(), result.AsMatrix(), means);
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] is null)
            {
                weights[row] = new float[cache.LengthOf(row)];
                Device.Download(means.Slice((long)row * longest, weights[row].Length), weights[row]);
            }
        }

        GC.KeepAlive(cache);
        return result;
    }

    private static void CheckLayer(int layer, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, layers);
    }
}
