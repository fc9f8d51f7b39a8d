namespace Sequor.Training.Reports;

/// <summary>A data set, and what was left of it.</summary>
public sealed record DataSummary
{
    /// <summary>The set's name, for example <c>training</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The number of pairs that were used, 0 or more.</summary>
    public required long Kept { get; init; }

    /// <summary>The pairs that were left out, by reason. Default empty.</summary>
    public IReadOnlyList<DroppedPairs> Dropped { get; init; } = [];

    /// <summary>Real source tokens of the pairs used; <see langword="null"/> where they were not counted. Default null.</summary>
    public long? SourceTokens { get; init; }

    /// <summary>Real target tokens of the pairs used; <see langword="null"/> where they were not counted. Default null.</summary>
    public long? TargetTokens { get; init; }

    /// <summary>Where the data comes from and under which licence. Default empty.</summary>
    public string Source { get; init; } = "";
}
