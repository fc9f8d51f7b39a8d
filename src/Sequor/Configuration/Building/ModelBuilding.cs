using Sequor.Layers;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;

namespace Sequor.Configuration.Building;

/// <summary>Models as their configuration describes them.</summary>
public static class ModelBuilding
{
    private const float NormalDeviation = 0.02f;

    /// <summary>Makes a model with fresh weights.</summary>
    /// <param name="configuration">Its shape.</param>
    /// <param name="sourceVocabularySize">Pieces in the source vocabulary.</param>
    /// <param name="targetVocabularySize">Pieces in the target vocabulary.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The shape contradicts itself; every fault is named.</exception>
    public static EncoderDecoder Build(
        this ModelConfiguration configuration, int sourceVocabularySize, int targetVocabularySize, ulong seed, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.Kind == ModelChoice.Recurrent
            ? new RecurrentModel(configuration.ToRecurrentOptions(sourceVocabularySize, targetVocabularySize), seed, device)
            : new TransformerModel(configuration.ToTransformerOptions(sourceVocabularySize, targetVocabularySize), seed, device);
    }

    /// <summary>Makes a model whose weights have no memory yet, for weights that come from a file.</summary>
    /// <param name="configuration">Its shape.</param>
    /// <param name="sourceVocabularySize">Pieces in the source vocabulary.</param>
    /// <param name="targetVocabularySize">Pieces in the target vocabulary.</param>
    /// <param name="device">Where it lives; the default device when left out.</param>
    /// <exception cref="ArgumentException">The shape contradicts itself; every fault is named.</exception>
    public static EncoderDecoder BuildWithoutWeights(
        this ModelConfiguration configuration, int sourceVocabularySize, int targetVocabularySize, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.Kind == ModelChoice.Recurrent
            ? RecurrentModel.WithoutWeights(configuration.ToRecurrentOptions(sourceVocabularySize, targetVocabularySize), device)
            : TransformerModel.WithoutWeights(configuration.ToTransformerOptions(sourceVocabularySize, targetVocabularySize), device);
    }

    /// <summary>How a configuration asks for matrices to be held while the model decodes; null for as they are stored.</summary>
    /// <param name="configuration">How the model is searched.</param>
    public static WeightType? ToWeightType(this DecodingConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.ComputeType switch
        {
            ComputeTypeChoice.Float32 => WeightType.Float32,
            ComputeTypeChoice.Float16 => WeightType.Float16,
            ComputeTypeChoice.BFloat16 => WeightType.BFloat16,
            ComputeTypeChoice.Int8 => WeightType.Int8,
            ComputeTypeChoice.Int7 => WeightType.Int7,
            _ => null,
        };
    }

    /// <summary>The shape of a Transformer as its configuration describes it.</summary>
    /// <param name="configuration">The description.</param>
    /// <param name="sourceVocabularySize">Pieces in the source vocabulary.</param>
    /// <param name="targetVocabularySize">Pieces in the target vocabulary.</param>
    public static TransformerOptions ToTransformerOptions(
        this ModelConfiguration configuration, int sourceVocabularySize, int targetVocabularySize)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new TransformerOptions
        {
            SourceVocabularySize = sourceVocabularySize,
            TargetVocabularySize = targetVocabularySize,
            EncoderLayers = configuration.EncoderLayers,
            DecoderLayers = configuration.DecoderLayers,
            MaxPositions = configuration.MaxPositions,
            TieEmbeddings = TyingOf(configuration.TieEmbeddings),
            Positions = configuration.Positions switch
            {
                PositionsChoice.Sinusoidal => PositionKind.Sinusoidal,
                PositionsChoice.Learned => PositionKind.Learned,
                PositionsChoice.Rotary => PositionKind.Rotary,
                _ => PositionKind.None,
            },
            Block = BlockOf(configuration),
        };
    }

    private static BlockOptions BlockOf(ModelConfiguration configuration) => new()
    {
        Width = configuration.Width,
        FeedForwardWidth = configuration.FeedForwardWidth,
        Heads = configuration.Heads,
        Dropout = (float)configuration.Dropout,
        AttentionDropout = (float)configuration.AttentionDropout,
        ActivationDropout = (float)configuration.ActivationDropout,
        NormalizeFirst = configuration.NormPosition == NormPositionChoice.Pre,
        Norm = configuration.Norm == NormChoice.Rms ? NormKind.Rms : NormKind.Layer,
        Gated = configuration.Gated,
        Activation = configuration.Activation switch
        {
            ActivationChoice.Gelu => Activation.Gelu,
            ActivationChoice.Silu => Activation.Silu,
            _ => Activation.Relu,
        },
        Initializer = InitializerOf(configuration.Initializer),
    };

    internal static EmbeddingTying TyingOf(TieChoice choice) => choice switch
    {
        TieChoice.None => EmbeddingTying.None,
        TieChoice.Decoder => EmbeddingTying.Decoder,
        _ => EmbeddingTying.All,
    };

    internal static Initializer InitializerOf(InitializerChoice choice) => choice switch
    {
        InitializerChoice.XavierNormal => Initializer.XavierNormal,
        InitializerChoice.Normal => Initializer.Normal(NormalDeviation),
        _ => Initializer.XavierUniform,
    };
}
