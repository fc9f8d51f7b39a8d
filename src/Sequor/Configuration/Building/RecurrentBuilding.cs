using Sequor.Layers;
using Sequor.Models.Recurrent;
using Sequor.Tensors;

namespace Sequor.Configuration.Building;

/// <summary>Recurrent models as their configuration describes them.</summary>
public static class RecurrentBuilding
{
    /// <summary>The shape of a recurrent model as its configuration describes it.</summary>
    /// <param name="configuration">The description.</param>
    /// <param name="sourceVocabularySize">Pieces in the source vocabulary.</param>
    /// <param name="targetVocabularySize">Pieces in the target vocabulary.</param>
    public static RecurrentModelOptions ToRecurrentOptions(
        this ModelConfiguration configuration, int sourceVocabularySize, int targetVocabularySize)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RecurrentConfiguration shape = configuration.Recurrent;
        RecurrentEncoderConfiguration encoder = shape.Encoder;
        return new RecurrentModelOptions
        {
            SourceVocabularySize = sourceVocabularySize,
            TargetVocabularySize = targetVocabularySize,
            EmbeddingWidth = shape.EmbeddingWidth,
            EncoderKind = Enum.Parse<RecurrentEncoderKind>(encoder.Kind.ToString()),
            Encoder = StackOf(encoder.Stack, configuration),
            Bidirectional = encoder.Bidirectional,
            LearnedStart = encoder.InitialState == InitialStateChoice.Learned,
            ReverseSource = shape.ReverseSource,
            TransformerLayers = encoder.Stack.Layers,
            TransformerBlock = new BlockOptions
            {
                Width = shape.EmbeddingWidth,
                Heads = encoder.Heads,
                FeedForwardWidth = encoder.FeedForwardWidth,
                Dropout = (float)configuration.Dropout,
                Initializer = ModelBuilding.InitializerOf(configuration.Initializer),
            },
            TransformerPositions = encoder.MaxPositions,
            Bridge = Enum.Parse<Bridge>(shape.Bridge.ToString()),
            Decoder = StackOf(shape.Decoder, configuration),
            View = ViewOf(shape),
            Attention = AttentionOf(shape, configuration),
            InputFeeding = shape.Attention.InputFeeding,
            ContextGate = Enum.Parse<ContextGateKind>(shape.Attention.ContextGate.ToString()),
            Readout = Enum.Parse<ReadoutKind>(shape.Readout.ToString()),
            ReadoutWidth = shape.ReadoutWidth ?? shape.EmbeddingWidth,
            ReadoutSeesWord = shape.ReadoutSeesWord,
            Dropout = (float)configuration.Dropout,
            TieEmbeddings = ModelBuilding.TyingOf(configuration.TieEmbeddings),
            Initializer = ModelBuilding.InitializerOf(configuration.Initializer),
        };
    }

    private static SourceView ViewOf(RecurrentConfiguration shape) => (shape.Attention.Kind, shape.Attention.Time, shape.Context) switch
    {
        (AttentionChoice.None, _, ContextChoice.EveryStep) => SourceView.FixedVector,
        (AttentionChoice.None, _, _) => SourceView.InitialState,
        (_, AttentionTimeChoice.Before, _) => SourceView.AttentionBefore,
        _ => SourceView.AttentionAfter,
    };

    private static RecurrentStackOptions StackOf(RecurrentStackConfiguration stack, ModelConfiguration configuration) => new()
    {
        Cell = stack.Cell switch
        {
            CellChoice.Rnn => RecurrentCell.Tanh,
            CellChoice.RnnRelu => RecurrentCell.Relu,
            CellChoice.GruResetBefore => RecurrentCell.GruResetBefore,
            CellChoice.Lstm => RecurrentCell.Lstm,
            CellChoice.Ssru => RecurrentCell.Ssru,
            _ => RecurrentCell.Gru,
        },
        Layers = stack.Layers,
        Width = stack.Width,
        Residual = stack.Residual,
        LayerNorm = stack.LayerNorm,
        Dropout = (float)configuration.Dropout,
        VariationalDropout = stack.VariationalDropout,
        RecurrentDropout = (float)stack.RecurrentDropout,
        Zoneout = (float)stack.Zoneout,
        CellZoneout = (float)stack.CellZoneout,
        HiddenNoise = (float)stack.HiddenNoise,
        DetachEvery = stack.DetachEvery,
    };

    private static SourceAttentionOptions AttentionOf(RecurrentConfiguration shape, ModelConfiguration configuration) => new()
    {
        Score = shape.Attention.Kind == AttentionChoice.None ? AttentionScore.Additive : Enum.Parse<AttentionScore>(shape.Attention.Kind.ToString()),
        Width = shape.Attention.Width ?? shape.Decoder.Width,
        Heads = shape.Attention.Heads,
        Window = Enum.Parse<AttentionWindow>(shape.Attention.Window.ToString()),
        WindowReach = shape.Attention.WindowReach,
        LocationFilters = shape.Attention.LocationFilters,
        LocationWidth = shape.Attention.LocationWidth,
        Coverage = shape.Attention.Coverage,
        CoverageLoss = (float)shape.Attention.CoverageLoss,
        Initializer = ModelBuilding.InitializerOf(configuration.Initializer),
    };
}
