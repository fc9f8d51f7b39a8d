namespace Sequor.Training.Reports;

/// <summary>Which source tokens the target tokens of one sentence looked at.</summary>
public sealed record AttentionMap
{
    /// <summary>What is shown, for example <c>decoder layer 4, mean of all heads</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The S tokens that are looked at.</summary>
    public required IReadOnlyList<string> SourceTokens { get; init; }

    /// <summary>The T tokens that look.</summary>
    public required IReadOnlyList<string> TargetTokens { get; init; }

    /// <summary>The weights by head, or one head that is the mean of all; at least one.</summary>
    public required IReadOnlyList<AttentionHead> Heads { get; init; }
}
