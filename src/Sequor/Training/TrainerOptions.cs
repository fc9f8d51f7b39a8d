namespace Sequor.Training;

/// <summary>How long and in what rhythm a model is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>Updates after which training ends; null for no limit. Default null.</summary>
    public long? MaxUpdates { get; init; }

    /// <summary>Passes over the data after which training ends; null for no limit. Default null.</summary>
    public long? MaxEpochs { get; init; }

    /// <summary>Wall time after which training ends, the runs before a resume included; null for no limit. It never changes the steps before. Default null.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Batches whose summed gradients make one update, 1 or more. Default 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The largest norm of the whole gradient per target token, 0 or more; 0 turns clipping off. Default 1.</summary>
    public float ClipNorm { get; init; } = 1;

    /// <summary>Updates between two validations, 1 or more; the last update of <see cref="MaxUpdates"/> is validated too. Default 1,000.</summary>
    public long ValidateEvery { get; init; } = 1000;

    /// <summary>Updates between two checkpoints, 1 or more. Default 1,000.</summary>
    public long CheckpointEvery { get; init; } = 1000;

    /// <summary>Updates between two entries of the log, 1 or more. Default 50.</summary>
    public long LogEvery { get; init; } = 50;

    /// <summary>How slowly the moving average of the weights forgets, 0 to below 1; 0 keeps none. Default 0.</summary>
    public float EmaDecay { get; init; }

    /// <summary>The seed of dropout. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Validations without improvement after which training ends; null never ends it. Default null.</summary>
    public int? Patience { get; init; }

    /// <summary>Which measure of a validation counts. Default the loss.</summary>
    public WatchedMeasure Watch { get; init; } = WatchedMeasure.Loss;

    /// <summary>When the decoder reads the model's own pieces instead of the true ones; null for never (teacher forcing). Default null.</summary>
    public TargetFeedingOptions? Feeding { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        void Check(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }

        Check(Accumulate >= 1, $"{Accumulate} batches are to make one update; there must be 1 or more.");
        Check(ClipNorm >= 0, $"The gradient is to be clipped at {ClipNorm}; the norm must be 0 (off) or more.");
        Check(ValidateEvery >= 1, $"Validation comes every {ValidateEvery} updates; there must be 1 or more between two.");
        Check(CheckpointEvery >= 1, $"A checkpoint comes every {CheckpointEvery} updates; there must be 1 or more between two.");
        Check(LogEvery >= 1, $"An entry of the log comes every {LogEvery} updates; there must be 1 or more between two.");
        Check(EmaDecay is >= 0 and < 1, $"The moving average forgets with {EmaDecay}; it must be 0 (off) or more and below 1.");
        Check(Patience is null or >= 1, $"Training is to end after {Patience} validations without improvement; there must be 1 or more, or null for never.");
        faults.AddRange(Feeding?.Validate() ?? []);
        return faults;
    }
}

/// <summary>The measure by which validations are compared.</summary>
public enum WatchedMeasure
{
    /// <summary>The trained loss; lower is better.</summary>
    Loss,

    /// <summary>Perplexity without smoothing; lower is better.</summary>
    Perplexity,

    /// <summary>Share of target pieces predicted; higher is better.</summary>
    Accuracy,

    /// <summary>BLEU of decoded text; higher is better.</summary>
    Bleu,

    /// <summary>chrF of decoded text; higher is better.</summary>
    Chrf,
}
