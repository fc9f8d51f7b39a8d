namespace Sequor.Training.Reports;

/// <summary>One translated sentence.</summary>
public sealed record SampleTranslation
{
    /// <summary>The sentence that was translated.</summary>
    public required string Source { get; init; }

    /// <summary>What the model made of it.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>What a person made of it, or <see langword="null"/> where there is no reference. Default null.</summary>
    public string? Reference { get; init; }

    /// <summary>The sentence's score, or <see langword="null"/> where it was not scored. Default null.</summary>
    public double? Score { get; init; }

    /// <summary>The name of the score. Default <c>BLEU</c>.</summary>
    public string ScoreName { get; init; } = "BLEU";

    /// <summary>The language tag of the source, for screen readers and fonts; <see langword="null"/> for none. Default null.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language tag of the target, for screen readers and fonts; <see langword="null"/> for none. Default null.</summary>
    public string? TargetLanguage { get; init; }
}
