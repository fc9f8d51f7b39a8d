namespace Sequor.Decoding.Benchmarks;

/// <summary>How a decoding is measured.</summary>
public sealed record DecodingBenchmarkOptions
{
    private const int Most = 1_000_000;

    /// <summary>The search. Default greedy.</summary>
    public SearchOptions Search { get; init; } = new GreedySearchOptions();

    /// <summary>Sentences decoded at once, 1 or more. Default 32.</summary>
    public int BatchSentences { get; init; } = 32;

    /// <summary>Source pieces decoded at once, 1 or more. Default no limit.</summary>
    public int BatchTokens { get; init; } = int.MaxValue;

    /// <summary>Pieces that every output has, no more and no fewer; null leaves outputs as long as they are. Default null.</summary>
    public int? ForcedLength { get; init; }

    /// <summary>The part of the vocabulary that each sentence chooses among; null for all of it. Default null.</summary>
    public OutputShortlist? Shortlist { get; init; }

    /// <summary>How many times <see cref="BatchSentences"/> each worker decodes before the clock starts, the longest first, 0 or more. Default 2.</summary>
    public int WarmUp { get; init; } = 2;

    /// <summary>What the warm-up takes at least, in seconds, 0 or more: the runtime compiles hot code again, better, while it runs. Default 1.</summary>
    public double WarmUpSeconds { get; init; } = 1;

    /// <summary>How often all sentences are decoded, 1 or more. Default 3.</summary>
    public int Repeat { get; init; } = 3;

    /// <summary>Sessions side by side, which share the weights, 1 or more. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The search with the forced length.</summary>
    internal SearchOptions MeasuredSearch => ForcedLength is not { } length ? Search : Search with
    {
        // What a short source allows beyond its ratio is enough for the whole output.
        Length = new LengthLimits { Minimum = length, Maximum = length, MaximumExtra = length },
    };

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        void Check(int number, int least, int most, string what)
        {
            if (number < least || number > most)
            {
                faults.Add(FormattableString.Invariant($"{what} {number:N0}; the number must be {least:N0} to {most:N0}."));
            }
        }

        Check(BatchSentences, 1, Most, "The sentences to decode at once are");
        Check(BatchTokens, 1, int.MaxValue, "The source pieces to decode at once are");
        Check(ForcedLength ?? 1, 1, Most, "The pieces of every output are");
        Check(WarmUp, 0, Most, "The batches to warm up are");
        if (!(WarmUpSeconds is >= 0 and <= 3600))
        {
            faults.Add(FormattableString.Invariant($"The warm-up is to take {WarmUpSeconds} seconds; it must be 0 to 3,600."));
        }

        Check(Repeat, 1, Most, "The rounds to measure are");
        Check(Workers, 1, 256, "The workers are");
        faults.AddRange(Search.Validate());
        return faults;
    }
}
