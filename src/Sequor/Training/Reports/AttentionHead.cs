namespace Sequor.Training.Reports;

/// <summary>The attention of one head.</summary>
/// <param name="Name">The head's name, for example <c>head 1</c>; empty for a mean of all.</param>
/// <param name="Weights">[T, S], target token by target token; each row of shares from 0 to 1.</param>
public sealed record AttentionHead(string Name, IReadOnlyList<float> Weights);
