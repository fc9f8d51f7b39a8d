using Sequor.Batching;
using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Sequor.Models.Transformer;

/// <summary>Writes target sentences (Vaswani et al. 2017, §3.1).</summary>
internal sealed class TransformerDecoder
{
    private readonly Embedding _embedding;
    private readonly Positions _positions;
    private readonly DecoderLayer[] _layers;
    private readonly Norm? _norm;
    private readonly BlockOptions _options;
    private readonly Device _device;

    internal TransformerDecoder(TransformerOptions options, Embedding embedding, INamedWeights weights, Device device)
    {
        (_embedding, _device) = (embedding, device);
        _options = options.Block;
        _positions = new Positions(options.Positions, options.MaxPositions, options.Block.Width, weights.In("positions"), device);
        _layers = [.. Enumerable.Range(0, options.DecoderLayers).Select(i => new DecoderLayer(options.Block, weights.In($"layers.{i}")))];
        _norm = options.Block.NormalizeFirst ? new Norm(options.Block.Norm, options.Block.Width, weights.In("norm")) : null;
    }

    internal Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace)
    {
        SequenceLayout layout = step.Layout(targets.Lengths, targets.SentenceNumbers);
        Tensor embedded = _embedding.Forward(step, targets.Ids);
        Tensor placed = _positions.Forward(embedded, layout, targets.LongestLength);
        embedded.Discard(unless: placed);
        Tensor x = placed.Dropout(_options.Dropout, layout);
        placed.Discard(unless: x);
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor before = x;
            x = _layers[i].Forward(before, layout, memory, trace, i == Aligned);
            before.Discard();
        }

        return Normalized(x);
    }

    internal HypothesisCache StartPast() => new(_device, _options.Width, _layers.Length);

    internal SourceCache StartSource() => new(_device, _options.Width, _options.Heads, _layers.Length);

    /// <summary>Lets source sentences join.</summary>
    internal void Join(HypothesisCache past, SourceCache source, EncodedSource memory)
    {
        past.Add(memory.Layout.Count);
        source.Add(memory.Layout);
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Join(source, i, memory);
        }
    }

    /// <summary>One decoding step: [R] pieces to [R, D] states.</summary>
    internal Tensor Advance(
        Step step, ReadOnlySpan<int> lastIds, ReadOnlySpan<int> positions, HypothesisCache past, SourceCache source, Span<float[]> attention)
    {
        past.Advance();
        SequenceLayout layout = step.LayoutOfRows(positions);
        Tensor embedded = _embedding.Forward(step, lastIds);
        Tensor x = _positions.Forward(embedded, layout, TensorPrimitives.Max(positions) + 1);
        embedded.Discard(unless: x);
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor before = x;
            x = _layers[i].Step(before, layout, past, source, i, i == Aligned ? attention : default);
            before.Discard();
        }

        return Normalized(x);
    }

    /// <summary>The layer whose attention is told and taught: one and the same, so that decoding shows what guidance has taught.</summary>
    private int Aligned => _layers.Length - 1;

    private Tensor Normalized(Tensor x)
    {
        if (_norm is null)
        {
            return x;
        }

        Tensor normalized = _norm.Forward(x);
        x.Discard();
        return normalized;
    }

    private sealed class DecoderLayer(BlockOptions options, INamedWeights weights)
    {
        private readonly SelfAttention _attention = new(options, causal: true, weights.In("self_attention"));
        private readonly Residual _aroundAttention = new(options, weights.In("self_attention_norm"));
        private readonly CrossAttention _cross = new(options, weights.In("cross_attention"));
        private readonly Residual _aroundCross = new(options, weights.In("cross_attention_norm"));
        private readonly FeedForward _feedForward = new(options, weights.In("feed_forward"));
        private readonly Residual _aroundFeedForward = new(options, weights.In("feed_forward_norm"));

        internal Tensor Forward(Tensor x, SequenceLayout layout, EncodedSource memory, PassTrace? trace, bool isAligned)
        {
            Tensor entered = _aroundAttention.Enter(x);
            Tensor attended = _aroundAttention.Leave(x, _attention.Forward(entered, layout), layout);
            entered.Discard(unless: x);
            entered = _aroundCross.Enter(attended);
            SourceReaders? readers = trace is { WantsHeads: true } || (isAligned && trace is { WantsAttention: true })
                ? memory.Layout.Readers(RowDropout.SentenceOfRows(layout))
                : null;
            Tensor read = _cross.Forward(entered, layout, memory.States, memory.Layout, readers, out Tensor weights);
            if (readers is not null)
            {
                Tell(trace!, weights, readers, isAligned);
            }

            Tensor informed = _aroundCross.Leave(attended, read, layout);
            entered.Discard(unless: attended);
            attended.Discard();
            entered = _aroundFeedForward.Enter(informed);
            Tensor left = _aroundFeedForward.Leave(informed, _feedForward.Forward(entered, layout), layout);
            entered.Discard(unless: informed);
            informed.Discard();
            return left;
        }

        private static void Tell(PassTrace trace, Tensor weights, SourceReaders readers, bool isAligned)
        {
            if (isAligned && trace.WantsAttention)
            {
                trace.TellAttention(HeadMean.Of(weights, readers.Count), readers);
            }

            if (trace.WantsHeads)
            {
                trace.TellHeads(weights.Reshape([readers.Count, weights.Shape.Rows / readers.Count * readers.Columns]));
            }
        }

        internal void Join(SourceCache source, int layer, EncodedSource memory) => _cross.Join(source, layer, memory.States, memory.Layout);

        internal Tensor Step(Tensor x, SequenceLayout layout, HypothesisCache past, SourceCache source, int layer, Span<float[]> attention)
        {
            Tensor entered = _aroundAttention.Enter(x);
            Tensor attended = _aroundAttention.Leave(x, _attention.Step(entered, layout, past, layer), layout);
            entered.Discard(unless: x);
            entered = _aroundCross.Enter(attended);
            Tensor informed = _aroundCross.Leave(attended, _cross.Step(entered, source, layer, attention), layout);
            entered.Discard(unless: attended);
            attended.Discard();
            entered = _aroundFeedForward.Enter(informed);
            Tensor left = _aroundFeedForward.Leave(informed, _feedForward.Forward(entered, layout), layout);
            entered.Discard(unless: informed);
            informed.Discard();
            return left;
        }
    }
}
