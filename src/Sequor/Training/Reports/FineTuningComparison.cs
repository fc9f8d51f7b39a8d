namespace Sequor.Training.Reports;

/// <summary>A fine-tuned model against the model it began as.</summary>
/// <param name="Parent">The name or path of the parent model.</param>
/// <param name="Scores">The scores of both on the same test sets: the new domain's, and the old one's, where something may have been lost.</param>
public sealed record FineTuningComparison(string Parent, IReadOnlyList<FineTuningScore> Scores);
