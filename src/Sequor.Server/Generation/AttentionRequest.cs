using System.ComponentModel;

namespace Sequor.Server.Generation;

/// <summary>What is asked of <c>POST /v1/attention</c>.</summary>
[Description("A sentence and an output of it.")]
internal sealed record AttentionRequest
{
    /// <summary>The model's id.</summary>
    [Description("The model's id; left out: the default.")]
    public string? Model { get; init; }

    /// <summary>The sentence.</summary>
    [Description("One sentence.")]
    public required string Source { get; init; }

    /// <summary>An output.</summary>
    [Description("An output of it, the model's or another.")]
    public required string Target { get; init; }
}

/// <summary>What <c>POST /v1/attention</c> answers.</summary>
/// <param name="SourceTokens">The sentence's pieces.</param>
/// <param name="TargetTokens">The output's pieces.</param>
/// <param name="Layers">The weights, by layer, head, target piece and source piece.</param>
[Description("How much each piece of the output looked at each piece of the sentence, by layer and head of the decoder.")]
internal sealed record AttentionResponse(
    [property: Description("The sentence's pieces, its end sign last.")] IReadOnlyList<string> SourceTokens,
    [property: Description("The output's pieces.")] IReadOnlyList<string> TargetTokens,
    [property: Description("Weights by layer, head, target piece and source piece; those of a target piece sum to 1.")] IReadOnlyList<IReadOnlyList<IReadOnlyList<float[]>>> Layers);
