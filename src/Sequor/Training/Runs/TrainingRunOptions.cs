namespace Sequor.Training.Runs;

/// <summary>How a run treats what is there already.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>Where the run writes: checkpoints, logs, the finished model and its report.</summary>
    public required string Directory { get; init; }

    /// <summary>A model directory whose weights, shape and vocabulary the run starts from; null for fresh weights. Default null.</summary>
    public string? InitializeFrom { get; init; }

    /// <summary>Whether a run that was stopped goes on from its last checkpoint; false starts anew. Default true.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>The command that made the run, for the report. Default empty.</summary>
    public string Command { get; init; } = "";

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
