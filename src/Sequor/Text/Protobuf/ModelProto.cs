namespace Sequor.Text.Protobuf;

/// <summary>A message that is not in the file means its defaults.</summary>
internal sealed partial class ModelProto
{
    private static readonly TrainerSpec _defaultTrainer = new();
    private static readonly NormalizerSpec _defaultNormalizer = new();

    /// <summary>How the model was trained; the defaults where the file does not say.</summary>
    public TrainerSpec TrainerOrDefault => TrainerSpec ?? _defaultTrainer;

    /// <summary>How text is normalised; the defaults where the file does not say.</summary>
    public NormalizerSpec NormalizerOrDefault => NormalizerSpec ?? _defaultNormalizer;
}
