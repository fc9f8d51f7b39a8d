namespace Sequor.Batching;

/// <summary>What makes a sentence pair suspect.</summary>
public sealed record SuspectOptions
{
    /// <summary>
    /// How many times further than the corpus' own mean the lengths of the sides may lie apart, above 1. In characters;
    /// where the mean is one to three, one to twelve is suspect at 4. Default 4.
    /// </summary>
    public double ExtremeRatio { get; init; } = 4;

    /// <summary>Characters of the longer side from which a ratio counts, 1 or more: short sentences vary. Default 24.</summary>
    public int LongEnough { get; init; } = 24;

    /// <summary>
    /// How much likelier, in nats per trigram, the sides must be when exchanged, above 0. Default 0.5.
    /// </summary>
    public double SwapEvidence { get; init; } = 0.5;

    /// <summary>Pairs listed per suspicion, 0 or more; all are counted. Default 20.</summary>
    public int Examples { get; init; } = 20;

    /// <summary>Every fault of these options as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (!(ExtremeRatio > 1))
            faults.Add(FormattableString.Invariant($"The extreme ratio is {ExtremeRatio}; it must be above 1."));
        if (LongEnough < 1)
            faults.Add($"Ratios count from {LongEnough} characters; it must be 1 or more.");
        if (!(SwapEvidence > 0))
            faults.Add(FormattableString.Invariant($"The evidence of swapped languages is {SwapEvidence}; it must be above 0."));
        if (Examples < 0)
            faults.Add($"{Examples} examples are to be listed; it must be 0 or more.");
        return faults;
    }
}
