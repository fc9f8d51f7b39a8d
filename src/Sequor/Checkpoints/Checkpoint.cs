namespace Sequor.Checkpoints;

/// <summary>What a checkpoint is made of.</summary>
public sealed record CheckpointContents
{
    /// <summary>Where the run stands.</summary>
    public required TrainingState State { get; init; }

    /// <summary>The model's weights.</summary>
    public required IReadOnlyList<TensorSource> Weights { get; init; }

    /// <summary>What the optimiser remembers of each weight.</summary>
    public required IReadOnlyList<TensorSource> Optimizer { get; init; }

    /// <summary>The moving average of the weights, when one is kept.</summary>
    public IReadOnlyList<TensorSource>? MovingAverage { get; init; }
}

/// <summary>A checkpoint on disk, opened and found whole.</summary>
public sealed class Checkpoint : IDisposable
{
    /// <summary>The file of the model's weights.</summary>
    public const string WeightsFile = "weights.safetensors";

    /// <summary>The file of what the optimiser remembers.</summary>
    public const string OptimizerFile = "optimizer.safetensors";

    /// <summary>The file of the moving average, when one is kept.</summary>
    public const string MovingAverageFile = "average.safetensors";

    /// <summary>The file of everything else.</summary>
    public const string StateFile = "state.json";

    private Checkpoint(string path)
    {
        Path = path;
        State = TrainingState.Read(File.ReadAllBytes(InDirectory(StateFile)), InDirectory(StateFile));
        Weights = SafetensorsFile.Open(InDirectory(WeightsFile));
        Optimizer = SafetensorsFile.Open(InDirectory(OptimizerFile));
        MovingAverage = File.Exists(InDirectory(MovingAverageFile)) ? SafetensorsFile.Open(InDirectory(MovingAverageFile)) : null;
    }

    /// <summary>The checkpoint's directory.</summary>
    public string Path { get; }

    /// <summary>Where the run stood.</summary>
    public TrainingState State { get; }

    /// <summary>The model's weights.</summary>
    public SafetensorsFile Weights { get; }

    /// <summary>What the optimiser remembered.</summary>
    public SafetensorsFile Optimizer { get; }

    /// <summary>The moving average of the weights, or null when none was kept.</summary>
    public SafetensorsFile? MovingAverage { get; }

    /// <summary>Opens a checkpoint after checking every one of its files against its checksum.</summary>
    /// <param name="path">The checkpoint's directory.</param>
    /// <exception cref="ModelFormatException">A file is missing, altered or cut short.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static Checkpoint Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new ModelFormatException($"{path} is no checkpoint: there is no such directory.");
        }
        Checksums.Verify(path, [WeightsFile, OptimizerFile, StateFile]);
        return new Checkpoint(path);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        Weights.Dispose();
        Optimizer.Dispose();
        MovingAverage?.Dispose();
    }

    private string InDirectory(string file) => System.IO.Path.Combine(Path, file);
}
