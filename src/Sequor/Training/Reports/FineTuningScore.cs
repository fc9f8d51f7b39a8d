namespace Sequor.Training.Reports;

/// <summary>What parent and fine-tuned model reach on one test set.</summary>
public sealed record FineTuningScore
{
    /// <summary>The test set, for example <c>old test set, 1,000 pairs</c>.</summary>
    public required string TestSet { get; init; }

    /// <summary>The measure's name, for example <c>BLEU</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The parent's score.</summary>
    public required double Parent { get; init; }

    /// <summary>The fine-tuned model's score.</summary>
    public required double Tuned { get; init; }

    /// <summary>Whether less is better, as for error rates. Default false.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>What was gained by fine-tuning; below 0 what was lost.</summary>
    public double Gain => LowerIsBetter ? Parent - Tuned : Tuned - Parent;
}
