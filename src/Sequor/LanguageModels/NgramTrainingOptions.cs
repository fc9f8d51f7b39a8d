namespace Sequor.LanguageModels;

/// <summary>How an n-gram model is trained.</summary>
public sealed record NgramTrainingOptions
{
    /// <summary>Words of the longest n-grams, 1 to 6. Default 5.</summary>
    public int Order { get; init; } = 5;

    /// <summary>Rarer words count as unknown; 1 or more, 1 keeps all. Not for models of a vocabulary's pieces. Default 1.</summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>
    /// For each order from 1, how often an n-gram may occur and still be left out of the model; the last number holds for all orders
    /// behind it. The first is 0, and none is lower than the one before. Empty leaves nothing out. Default empty.
    /// </summary>
    public IReadOnlyList<int> PruneThresholds { get; init; } = [];

    /// <summary>Every fault of these options as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (Order is < 1 or > NgramTrie.MostOrders)
            faults.Add(FormattableString.Invariant($"The order of the n-grams is {Order}; it must be 1 to {NgramTrie.MostOrders}."));
        if (MinimumCount < 1)
            faults.Add(FormattableString.Invariant($"The least count of a word is {MinimumCount}; it must be 1 (all words) or more."));
        if (PruneThresholds.Count > Order)
            faults.Add(FormattableString.Invariant($"{PruneThresholds.Count} thresholds are given for n-grams of {Order} orders; give as many or fewer."));
        if (PruneThresholds is [not 0, ..])
            faults.Add(FormattableString.Invariant($"The threshold for single words is {PruneThresholds[0]}, but must be 0: every word needs a probability. Set a least count for words instead."));
        if (PruneThresholds.Zip(PruneThresholds.Skip(1)).Any(pair => pair.Second < pair.First))
            faults.Add($"The thresholds are {string.Join(' ', PruneThresholds)}; each must be as high as the one before it, for an n-gram needs the shorter ones in it.");
        return faults;
    }
}
