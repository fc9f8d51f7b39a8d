using Sequor.Decoding.Constraints;

namespace Sequor.Decoding;

/// <summary>Why an output ended.</summary>
public enum StopReason
{
    /// <summary>The model wrote the end sign.</summary>
    EndOfSentence,

    /// <summary>The greatest length was reached.</summary>
    MaximumLength,
}

/// <summary>One output.</summary>
/// <param name="Ids">The pieces, without begin and end signs.</param>
/// <param name="Score">What outputs of a sentence are ranked by, greater is better.</param>
/// <param name="LogProbability">log p of all pieces and of the end sign, where it was written, in nats.</param>
/// <param name="TokenLogProbabilities">log p of each piece, then of the end sign where it was written.</param>
/// <param name="StoppedBy">Why it ended.</param>
/// <param name="Attention">For each piece, how much it looked at each source piece (the source's end sign last), summing to 1; empty when not recorded.</param>
public sealed record Hypothesis(
    int[] Ids,
    double Score,
    double LogProbability,
    float[] TokenLogProbabilities,
    StopReason StoppedBy,
    IReadOnlyList<float[]> Attention)
{
    /// <summary>What became of each constraint: first those of all sentences, then the sentence's own; empty when there were none.</summary>
    public IReadOnlyList<ConstraintOutcome> Constraints { get; init; } = [];
}
