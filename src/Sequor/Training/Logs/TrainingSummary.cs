namespace Sequor.Training.Logs;

/// <summary>What is known when a training run ends.</summary>
public sealed record TrainingSummary
{
    /// <summary>Why the run ended.</summary>
    public required TrainingEnd EndedBy { get; init; }

    /// <summary>The number of updates made in all.</summary>
    public required long Update { get; init; }

    /// <summary>The pass over the training data the run ended in, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Wall time since the training began, in seconds, earlier runs included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Real target tokens trained on in all; 0 means not counted. Default 0.</summary>
    public long TargetTokens { get; init; }

    /// <summary>The best validation, or <see langword="null"/> when none was made. Default null.</summary>
    public ValidationEntry? Best { get; init; }

    /// <summary>What the training has needed of the machine's memory, or <see langword="null"/> when it was not looked at. Default null.</summary>
    public TrainingMemory? Memory { get; init; }

    /// <summary>Where the model lies, or <see langword="null"/> when none was saved. Default null.</summary>
    public string? ModelDirectory { get; init; }
}
