namespace Sequor.Server.Generation;

/// <summary>A sentence and an output of it.</summary>
internal sealed record AttentionRequest
{
    /// <summary>The model's id; left out: the default.</summary>
    public string? Model { get; init; }

    /// <summary>One sentence.</summary>
    public required string Source { get; init; }

    /// <summary>An output of it, the model's or another.</summary>
    public required string Target { get; init; }
}

/// <summary>How much each piece of the output looked at each piece of the sentence, by layer and head of the decoder.</summary>
/// <param name="SourceTokens">The sentence's pieces, its end sign last.</param>
/// <param name="TargetTokens">The output's pieces, its end sign last.</param>
/// <param name="SourceWasCut">Whether the sentence was longer than the model can read, and its end was left out.</param>
/// <param name="Layers">Weights by layer, head, target piece and source piece; those of a target piece sum to 1.</param>
internal sealed record AttentionResponse(
    IReadOnlyList<string> SourceTokens, IReadOnlyList<string> TargetTokens, bool SourceWasCut, IReadOnlyList<float[][][]> Layers);
