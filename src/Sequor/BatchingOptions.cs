namespace Sequor;

/// <summary>How the texts of many callers are decoded together.</summary>
public sealed record BatchingOptions
{
    /// <summary>Sentences decoded at once, 1 or more. Default 64.</summary>
    public int BatchSentences { get; init; } = 64;

    /// <summary>Source pieces decoded at once, 1 or more. Default 4,096.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Texts that may wait, 1 or more; further ones are refused. Default 4,096.</summary>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>How long a text may wait for others of like length while a batch is being decoded; an idle engine never waits. Default 5 ms.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>What the model is called in measurements. Default empty.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (BatchSentences < 1)
        {
            faults.Add($"{BatchSentences} sentences are to be decoded at once; there must be 1 or more.");
        }

        if (BatchTokens < 1)
        {
            faults.Add($"{BatchTokens} source pieces are to be decoded at once; there must be 1 or more.");
        }

        if (QueueLimit < 1)
        {
            faults.Add($"{QueueLimit} texts may wait; there must be room for 1 or more.");
        }

        if (MaximumWait < TimeSpan.Zero || MaximumWait > TimeSpan.FromMinutes(1))
        {
            faults.Add($"A text may wait {MaximumWait.TotalMilliseconds} ms for others; it must be 0 to 60,000 ms.");
        }

        return faults;
    }
}
