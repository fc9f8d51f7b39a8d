namespace Sequor.Batching;

/// <summary>How a dev set is taken out of a corpus.</summary>
public sealed record HoldOutOptions
{
    /// <summary>Pairs wanted, 1 or more. Default 500.</summary>
    public int Pairs { get; init; } = 500;

    /// <summary>Largest share of the corpus that may be held out or lost to it, above 0 and at most 0.5. Default 0.1.</summary>
    public double LargestShare { get; init; } = 0.1;

    /// <summary>The seed of the choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Every fault of these options as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (Pairs < 1)
            faults.Add($"{Pairs} pairs are to be held out; it must be 1 or more.");
        if (!(LargestShare is > 0 and <= 0.5))
            faults.Add(FormattableString.Invariant($"The largest share to hold out is {LargestShare}; it must be above 0 and at most 0.5."));
        return faults;
    }
}
