using Sequor.Batching;
using Sequor.Layers;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>
/// The recurrent encoder–decoder: with a fixed vector for the source (Cho et al. 2014; Sutskever et al. 2014) or with attention before (Bahdanau et al. 2015)
/// or after (Luong et al. 2015) the recurrent step.
/// </summary>
public sealed class RecurrentModel : EncoderDecoder
{
    private const float EmbeddingDeviation = 0.1f;

    private readonly RecurrentEncoder _encoder;
    private readonly Parameter _output;
    private readonly Parameter _outputBias;

    /// <summary>Makes a model with fresh weights.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message lists every fault.</exception>
    public RecurrentModel(RecurrentModelOptions options, ulong seed, Device? device = null)
        : this(options, (ulong?)seed, device)
    {
    }

    private RecurrentModel(RecurrentModelOptions options, ulong? seed, Device? device)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        Options = options;
        Parameters = new ParameterSet(device);
        var weights = new FreshWeights(Parameters);
        (Parameter source, Parameter target) = Tables(options, weights);

        // The encoder of a Transformer adds positions of length √E to its embeddings, which must be as long.
        float scale = options.EncoderKind == RecurrentEncoderKind.Transformer ? MathF.Sqrt(options.EmbeddingWidth) : 1;
        _encoder = new RecurrentEncoder(options, new Embedding(source, scale), weights.In("encoder"), Parameters.Device);
        bool ties = options.TieEmbeddings != EmbeddingTying.None;
        Decoder = new RecurrentDecoder(options, new Embedding(target, 1), ties, weights.In("decoder"));
        _output = ties ? target : weights.In("output").Get("weight", [options.TargetVocabularySize, Decoder.OutputWidth], Initializer.Normal(EmbeddingDeviation), ParameterRole.Matrix);
        _outputBias = weights.In("output").Get("bias", [options.TargetVocabularySize], Initializer.Zeros);
        weights.Draw(seed);
    }

    /// <summary>Makes a model whose weights have no memory yet: give it with <see cref="ParameterSet.Allocate"/> or <see cref="ParameterSet.AllocatePacked"/>, and fill it.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message lists every fault.</exception>
    public static RecurrentModel WithoutWeights(RecurrentModelOptions options, Device? device = null) => new(options, null, device);

    /// <summary>The model's shape.</summary>
    public RecurrentModelOptions Options { get; }

    /// <inheritdoc/>
    public override ParameterSet Parameters { get; }

    /// <inheritdoc/>
    public override int TargetVocabularySize => Options.TargetVocabularySize;

    /// <inheritdoc/>
    public override int LongestSequence =>
        Options.EncoderKind == RecurrentEncoderKind.Transformer ? Options.TransformerPositions : int.MaxValue;

    /// <inheritdoc/>
    public override (Tensor Weight, Tensor Bias) Projection => (_output.Value, _outputBias.Value);

    internal RecurrentDecoder Decoder { get; }

    /// <inheritdoc/>
    public override EncodedSource Encode(Step step, SequenceBatch source, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(source);
        return _encoder.Encode(step, source, trace);
    }

    /// <inheritdoc/>
    public override Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(targets);
        return Decoder.Decode(step, targets, memory, trace);
    }

    /// <inheritdoc/>
    public override DecoderState Start() => new RecurrentDecoderState(this);

    private static (Parameter Source, Parameter Target) Tables(RecurrentModelOptions options, INamedWeights weights)
    {
        Initializer drawn = Initializer.Normal(EmbeddingDeviation);
        Parameter Table(string name, int size) => weights.In(name).Get("weight", [size, options.EmbeddingWidth], drawn, ParameterRole.Matrix);
        if (options.TieEmbeddings == EmbeddingTying.All)
        {
            Parameter shared = Table("embedding", options.SourceVocabularySize);
            return (shared, shared);
        }

        return (Table("encoder.embedding", options.SourceVocabularySize), Table("decoder.embedding", options.TargetVocabularySize));
    }
}
