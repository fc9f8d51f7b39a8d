namespace Sequor.Training.Reports;

/// <summary>Pairs that one filter took.</summary>
/// <param name="Reason">Why, in a few words, for example <c>longer than 128 tokens</c>.</param>
/// <param name="Count">How many, 0 or more.</param>
public sealed record DroppedPairs(string Reason, long Count);
