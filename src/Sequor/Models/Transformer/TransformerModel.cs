using Sequor.Batching;
using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Models.Transformer;

/// <summary>The Transformer of Vaswani et al. (2017), pre- or post-norm.</summary>
public sealed class TransformerModel : EncoderDecoder
{
    private readonly TransformerEncoder _encoder;
    private readonly TransformerDecoder _decoder;
    private readonly Parameter _output;

    /// <summary>Makes a model with fresh weights.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message lists every fault.</exception>
    public TransformerModel(TransformerOptions options, ulong seed, Device? device = null)
        : this(options, (ulong?)seed, device)
    {
    }

    private TransformerModel(TransformerOptions options, ulong? seed, Device? device)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        options = options with { Block = options.Block with { Rotary = options.Positions == PositionKind.Rotary } };
        Options = options;
        Parameters = new ParameterSet(device);
        var weights = new FreshWeights(Parameters);
        (Embedding source, Embedding target, _output) = Embeddings(options, weights);
        _encoder = new TransformerEncoder(options, source, weights.In("encoder"), Parameters.Device);
        _decoder = new TransformerDecoder(options, target, weights.In("decoder"), Parameters.Device);
        weights.Draw(seed);
    }

    /// <summary>Makes a model whose weights have no memory yet: give it with <see cref="ParameterSet.Allocate"/> or <see cref="ParameterSet.AllocatePacked"/>, and fill it.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message lists every fault.</exception>
    public static TransformerModel WithoutWeights(TransformerOptions options, Device? device = null) => new(options, null, device);

    /// <summary>The model's shape.</summary>
    public TransformerOptions Options { get; }

    /// <inheritdoc/>
    public override ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public override int TargetVocabularySize => Options.TargetVocabularySize;

    /// <inheritdoc/>
    public override int LongestSequence =>
        Options.Positions is PositionKind.Rotary or PositionKind.None ? int.MaxValue : Options.MaxPositions;

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Projection => (_output.Value, default);

    /// <inheritdoc/>
    public override EncodedSource Encode(Step step, SequenceBatch source, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(source);
        return _encoder.Encode(step, source);
    }

    /// <inheritdoc/>
    public override Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(targets);
        return _decoder.Decode(step, targets, memory, trace);
    }

    /// <inheritdoc/>
    public override DecoderState Start() => new State(this);

    private static (Embedding Source, Embedding Target, Parameter Output) Embeddings(TransformerOptions options, INamedWeights weights)
    {
        int width = options.Block.Width;
        if (options.TieEmbeddings == EmbeddingTying.All)
        {
            var shared = new Embedding(options.SourceVocabularySize, width, weights.In("embedding"));
            return (shared, shared, shared.Table);
        }

        var source = new Embedding(options.SourceVocabularySize, width, weights.In("encoder.embedding"));
        var target = new Embedding(options.TargetVocabularySize, width, weights.In("decoder.embedding"));
        Parameter output = options.TieEmbeddings == EmbeddingTying.Decoder
            ? target.Table
            : weights.In("output").Get("weight", [options.TargetVocabularySize, width], Initializer.Normal(1 / MathF.Sqrt(width)), ParameterRole.Matrix);
        return (source, target, output);
    }

    private sealed class State(TransformerModel model) : DecoderState
    {
        private readonly HypothesisCache _past = model._decoder.StartPast();
        private readonly SourceCache _source = model._decoder.StartSource();

        protected override void Join(EncodedSource memory) => model._decoder.Join(_past, _source, memory);

        protected override Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention) =>
            model._decoder.Advance(step, lastIds, Lengths, _past, _source, attention);

        protected override void ReleaseCaches()
        {
            _past.Dispose();
            _source.Dispose();
        }

        protected override void ReorderCaches(ReadOnlySpan<int> parents)
        {
            _past.Reorder(parents);
            _source.Reorder(parents);
        }
    }
}
