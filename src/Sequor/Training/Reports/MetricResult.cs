namespace Sequor.Training.Reports;

/// <summary>A score of a whole test set.</summary>
public sealed record MetricResult
{
    /// <summary>The measure's name, for example <c>BLEU</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The test set, for example <c>dev, 500 pairs</c>.</summary>
    public required string TestSet { get; init; }

    /// <summary>The score, in the measure's own unit.</summary>
    public required double Score { get; init; }

    /// <summary>The lower end of the confidence interval, or <see langword="null"/> where none was computed. Default null.</summary>
    public double? ConfidenceLow { get; init; }

    /// <summary>The upper end of the confidence interval, or <see langword="null"/> where none was computed. Default null.</summary>
    public double? ConfidenceHigh { get; init; }

    /// <summary>The signature that says how the score was computed. Default empty.</summary>
    public string Signature { get; init; } = "";
}
