namespace Sequor.Batching;

/// <summary>Where the pairs of a corpus are kept while they are learnt from.</summary>
public enum CorpusMode
{
    /// <summary>In memory when the files are small enough, else from the files.</summary>
    Automatic,

    /// <summary>In memory, whatever their size.</summary>
    InMemory,

    /// <summary>
    /// Read from the files anew in every epoch, a pool at a time, and shuffled within pools only: a file that is sorted,
    /// by length or by subject, should be shuffled once before.
    /// </summary>
    Streaming,
}

/// <summary>What becomes of a sentence with more tokens than the limit.</summary>
public enum LongSentences
{
    /// <summary>The pair is dropped and counted.</summary>
    Drop,

    /// <summary>The first tokens up to the limit are kept; the pair is counted as cut.</summary>
    Truncate,
}

/// <summary>How corpora are read, changed and filtered before they are learnt from.</summary>
public sealed record CorpusOptions
{
    /// <summary>Turn both sides to lower case. Default false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Put both sides into Unicode normal form C. Default false.</summary>
    public bool NormalizeNfc { get; init; }

    /// <summary>Which pairs are kept.</summary>
    public CorpusFilters Filters { get; init; } = new();

    /// <summary>Numbers of pairs that are never learnt from, such as those of a dev set; null excludes none. Default null.</summary>
    public IReadOnlySet<long>? HeldOut { get; init; }

    /// <summary>Bytes of a line, 1 to 2^29; longer lines are passed over and counted. Default 1,048,576.</summary>
    public int LineLimitBytes { get; init; } = 1 << 20;

    /// <summary>Most tokens of a source sentence, without its end token; 0 sets no limit. Default 256.</summary>
    public int MaxSourceTokens { get; init; } = 256;

    /// <summary>Most tokens of a target sentence, without begin and end tokens; 0 sets no limit. Default 256.</summary>
    public int MaxTargetTokens { get; init; } = 256;

    /// <summary>What becomes of longer sentences. Default: their pair is dropped.</summary>
    public LongSentences LongSentences { get; init; } = LongSentences.Drop;

    /// <summary>In memory or from the files. Default: by <see cref="MemoryLimitBytes"/>.</summary>
    public CorpusMode Mode { get; init; } = CorpusMode.Automatic;

    /// <summary>Bytes of all files up to which they are kept in memory, packed files counted four times; 0 or more. Default 1 GiB.</summary>
    public long MemoryLimitBytes { get; init; } = 1L << 30;

    /// <summary>Every fault of these options as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. Filters.Validate()];
        if (LineLimitBytes is < 1 or > 1 << 29)
            faults.Add($"The limit of a line is {LineLimitBytes} bytes; it must be 1 to {1 << 29}.");
        if (MaxSourceTokens < 0)
            faults.Add($"The most tokens of a source sentence are {MaxSourceTokens}; it must be 0 (off) or more.");
        if (MaxTargetTokens < 0)
            faults.Add($"The most tokens of a target sentence are {MaxTargetTokens}; it must be 0 (off) or more.");
        if (MemoryLimitBytes < 0)
            faults.Add($"The memory for corpora is {MemoryLimitBytes} bytes; it must be 0 or more.");
        return faults;
    }

    internal bool IsOverlongSource(int tokens) => MaxSourceTokens > 0 && tokens > MaxSourceTokens;

    internal bool IsOverlongTarget(int tokens) => MaxTargetTokens > 0 && tokens > MaxTargetTokens;

    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
