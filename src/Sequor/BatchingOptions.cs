using Sequor.Tensors.Cpu;

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

    /// <summary>How long a text may wait, while others are being decoded and there is room for it, for more that begin with it, and be passed over for texts of like
    /// length, 0 to 1 minute; an idle engine never waits. Default 5 ms.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Threads that decode side by side, 1 to 256, each with a batch of its own; they share the weights. As long as only one of them has work it has the helping
    /// threads too, so a single caller is answered as soon as by one thread; many callers are served by each on one processor, without waiting for helpers. As many as there
    /// are processors decode most, and take memory for as many batches. It changes no output. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>After how long without work the memory of the last batch is given back; the next text takes it anew. Default 1 minute.</summary>
    public TimeSpan TrimAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What the model is called in measurements. Default empty.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>The clock of waiting. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

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

        if (Workers is < 1 or > WorkerPool.MaximumThreads)
        {
            faults.Add($"{Workers} threads are to decode side by side; there must be 1 to {WorkerPool.MaximumThreads}.");
        }

        if (TrimAfter <= TimeSpan.Zero || TrimAfter > TimeSpan.FromDays(1))
        {
            faults.Add($"Memory is to be given back after {TrimAfter.TotalSeconds} s without work; it must be above 0 and at most a day.");
        }

        if (MaximumWait < TimeSpan.Zero || MaximumWait > TimeSpan.FromMinutes(1))
        {
            faults.Add($"A text may wait {MaximumWait.TotalMilliseconds} ms for others; it must be 0 to 60,000 ms.");
        }

        return faults;
    }
}
