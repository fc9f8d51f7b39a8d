using Sequor.Training.Logs;

namespace Sequor.Cli.Progress;

/// <summary>What the live display shows at one moment.</summary>
internal sealed record TrainingSnapshot
{
    /// <summary>The run's start and limits.</summary>
    public required TrainingStart Start { get; init; }

    /// <summary>The last update, or <see langword="null"/> before the first one.</summary>
    public TrainingLogEntry? Update { get; init; }

    /// <summary>The last validation, or <see langword="null"/> before the first one.</summary>
    public ValidationEntry? Validation { get; init; }

    /// <summary>Wall time so far in seconds, the time since the last update included.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>The course of the loss in block characters; empty before the first update.</summary>
    public string Sparkline { get; init; } = "";

    /// <summary>Where the last checkpoint was written, or <see langword="null"/> before the first one.</summary>
    public string? SavedPath { get; init; }

    /// <summary>How much of the run is done, by the limit that comes first, 0 to 1; <see langword="null"/> where there is no limit.</summary>
    public double? ShareDone
    {
        get
        {
            double done = Math.Max(
                Start.MaxUpdates is { } updates ? (Update?.Update ?? Start.ResumedUpdate) / (double)updates : 0,
                Math.Max(
                    Start.MaxSeconds is { } seconds ? ElapsedSeconds / seconds : 0,
                    Start.MaxEpochs is { } epochs ? ((Update?.Epoch ?? 1) - 1) / (double)epochs : 0));
            return Start.MaxUpdates is null && Start.MaxSeconds is null && Start.MaxEpochs is null
                ? null
                : Math.Clamp(double.IsNaN(done) ? 0 : done, 0, 1);
        }
    }
}
