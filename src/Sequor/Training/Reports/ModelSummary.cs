namespace Sequor.Training.Reports;

/// <summary>A model's make and size.</summary>
public sealed record ModelSummary
{
    /// <summary>The kind of model, for example <c>transformer-tiny</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The model's parts in their order; tied weights count once, in the first part that has them.</summary>
    public required IReadOnlyList<ModelPart> Parts { get; init; }

    /// <summary>Pieces in the source vocabulary; 0 leaves it out. Default 0.</summary>
    public int SourceVocabulary { get; init; }

    /// <summary>Pieces in the target vocabulary; 0 leaves it out. Default 0.</summary>
    public int TargetVocabulary { get; init; }

    /// <summary>The SHA-256 of the weights in hexadecimal; empty leaves it out. Default empty.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>The number of weights of all parts.</summary>
    public long Parameters => Parts.Sum(part => part.Parameters);
}
