namespace Sequor.Training.Logs;

/// <summary>What is known when a training run starts or resumes.</summary>
public sealed record TrainingStart
{
    /// <summary>A short name of what is trained, for example <c>transformer-tiny en-de</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The number of trained weights. Default 0, which means not told.</summary>
    public long Parameters { get; init; }

    /// <summary>The number of pairs in one pass over the training data; 0 means not known. Default 0.</summary>
    public long TrainingPairs { get; init; }

    /// <summary>Updates already made by the checkpoint this run resumes; 0 for a fresh run. Default 0.</summary>
    public long ResumedUpdate { get; init; }

    /// <summary>Wall time the runs before this one took, in seconds. Default 0.</summary>
    public double ResumedSeconds { get; init; }

    /// <summary>The training stops after this many updates; <see langword="null"/> for no such limit. Default null.</summary>
    public long? MaxUpdates { get; init; }

    /// <summary>The training stops after this much wall time in seconds, earlier runs included; <see langword="null"/> for no such limit. Default null.</summary>
    public double? MaxSeconds { get; init; }

    /// <summary>The training stops after this many passes over the data; <see langword="null"/> for no such limit. Default null.</summary>
    public int? MaxEpochs { get; init; }
}
