namespace Sequor.Batching;

/// <summary>What the size of a batch counts.</summary>
public enum BatchUnit
{
    /// <summary>The larger of source and target rows, end and begin tokens included.</summary>
    Tokens,

    /// <summary>Target rows only, end tokens included.</summary>
    TargetTokens,

    /// <summary>Sentence pairs.</summary>
    Sentences,
}

/// <summary>How sentence pairs are ordered and cut into batches.</summary>
public sealed record BatchOptions
{
    /// <summary>What <see cref="Size"/> counts. Default: the larger of source and target rows.</summary>
    public BatchUnit Unit { get; init; } = BatchUnit.Tokens;

    /// <summary>The most a batch may hold, 1 or more, in <see cref="Unit"/>s. Default 4,096.</summary>
    public int Size { get; init; } = 4096;

    /// <summary>
    /// Count every sentence as long as the longest of its batch, as padding engines do. Batches are never padded
    /// here; this makes them as large as a published recipe's that counted its padding. Default false.
    /// </summary>
    public bool CountPadding { get; init; }

    /// <summary>A new order of sentences and batches in every epoch; false keeps the order of the corpus. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Put sentences of like length together; false cuts the order as it comes. Default true.</summary>
    public bool GroupByLength { get; init; } = true;

    /// <summary>Lengths that count as alike when grouping, in tokens, 1 or more: wider buckets mix more. Default 4.</summary>
    public int BucketWidth { get; init; } = 4;

    /// <summary>Sentence pairs that are grouped and shuffled together, 1 or more; what streaming holds in memory. Default 131,072.</summary>
    public int PoolSentences { get; init; } = 131_072;

    /// <summary>The seed of every order and of subword sampling. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Every fault of these options as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (Size < 1)
            faults.Add($"The batch size is {Size}; it must be 1 or more.");
        if (BucketWidth < 1)
            faults.Add($"The bucket width is {BucketWidth}; it must be 1 token or more.");
        if (PoolSentences < 1)
            faults.Add($"A pool holds {PoolSentences} sentences; it must hold 1 or more.");
        if (!Enum.IsDefined(Unit))
            faults.Add($"The batch unit {(int)Unit} is unknown; expected Tokens, TargetTokens or Sentences.");
        return faults;
    }

    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
