namespace Sequor.Training.Benchmarks;

/// <summary>How a training is measured.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Updates before the clock starts, in which code is compiled and memory is taken, 0 or more. Default 10.</summary>
    public int WarmUp { get; init; } = 10;

    /// <summary>Updates that are measured, 1 or more. Default 60.</summary>
    public int Updates { get; init; } = 60;

    /// <summary>A run's directory, whose vocabulary is used where it has one, as the run itself would use it; null learns a new one. Default null.</summary>
    public string? VocabularyDirectory { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (WarmUp is < 0 or > 1_000_000)
        {
            faults.Add(FormattableString.Invariant($"The updates to warm up are {WarmUp}; they must be 0 to 1,000,000."));
        }

        if (Updates is < 1 or > 1_000_000)
        {
            faults.Add(FormattableString.Invariant($"The updates to measure are {Updates}; they must be 1 to 1,000,000."));
        }

        return faults;
    }
}
