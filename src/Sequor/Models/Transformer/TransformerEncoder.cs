using Sequor.Batching;
using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Transformer;

/// <summary>Reads source sentences (Vaswani et al. 2017, §3.1).</summary>
internal sealed class TransformerEncoder
{
    private readonly Embedding _embedding;
    private readonly Positions _positions;
    private readonly EncoderLayer[] _layers;
    private readonly Norm? _norm;
    private readonly float _dropout;

    internal TransformerEncoder(TransformerOptions options, Embedding embedding, INamedWeights weights, Device device)
    {
        _embedding = embedding;
        _positions = new Positions(options.Positions, options.MaxPositions, options.Block.Width, weights.In("positions"), device);
        _layers = [.. Enumerable.Range(0, options.EncoderLayers).Select(i => new EncoderLayer(options.Block, weights.In($"layers.{i}")))];

        // The last sum of a pre-norm model has been normalised by nobody.
        _norm = options.Block.NormalizeFirst ? new Norm(options.Block.Norm, options.Block.Width, weights.In("norm")) : null;
        _dropout = options.Block.Dropout;
    }

    internal EncodedSource Encode(Step step, SequenceBatch source)
    {
        SequenceLayout layout = step.Layout(source.Lengths, source.SentenceNumbers);
        Tensor embedded = _embedding.Forward(step, source.Ids);
        Tensor placed = _positions.Forward(embedded, layout, source.LongestLength);
        embedded.Discard(unless: placed);
        Tensor x = placed.Dropout(_dropout, layout);
        placed.Discard(unless: x);
        foreach (EncoderLayer layer in _layers)
        {
            Tensor before = x;
            x = layer.Forward(before, layout);
            before.Discard();
        }

        if (_norm is null)
        {
            return new EncodedSource(x, layout);
        }

        var encoded = new EncodedSource(_norm.Forward(x), layout);
        x.Discard();
        return encoded;
    }

    private sealed class EncoderLayer(BlockOptions options, INamedWeights weights)
    {
        private readonly SelfAttention _attention = new(options, causal: false, weights.In("self_attention"));
        private readonly Residual _aroundAttention = new(options, weights.In("self_attention_norm"));
        private readonly FeedForward _feedForward = new(options, weights.In("feed_forward"));
        private readonly Residual _aroundFeedForward = new(options, weights.In("feed_forward_norm"));

        internal Tensor Forward(Tensor x, SequenceLayout layout)
        {
            Tensor entered = _aroundAttention.Enter(x);
            Tensor attended = _aroundAttention.Leave(x, _attention.Forward(entered, layout), layout);
            entered.Discard(unless: x);
            entered = _aroundFeedForward.Enter(attended);
            Tensor left = _aroundFeedForward.Leave(attended, _feedForward.Forward(entered, layout), layout);
            entered.Discard(unless: attended);
            attended.Discard();
            return left;
        }
    }
}
