namespace Sequor.Training.Logs;

/// <summary>What the training loop knows after one update of the weights: one line of the training log.</summary>
public sealed record TrainingLogEntry
{
    /// <summary>How many updates have been made, this one included; 1 or more, never falling.</summary>
    public required long Update { get; init; }

    /// <summary>The pass over the training data this update belongs to, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The loss that was minimised, in nats per real target token (label smoothing included).</summary>
    public required double Loss { get; init; }

    /// <summary>The negative log-likelihood without smoothing, in nats per real target token.</summary>
    public required double Nll { get; init; }

    /// <summary>The exponential of <see cref="Nll"/>; 1 is a perfect guess of every token.</summary>
    public required double Perplexity { get; init; }

    /// <summary>The learning rate this update was made with.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The Euclidean norm of the whole gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Real target tokens trained on per second of wall time, padding not counted.</summary>
    public required double TargetTokensPerSecond { get; init; }

    /// <summary>Wall time since the training began, in seconds, the runs before a resume included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>The gradient's norm by part of the model, in the model's order; empty where it was not measured. Default empty.</summary>
    public IReadOnlyList<NamedNorm> GradientNormByLayer { get; init; } = [];

    /// <summary>The gradient's norm by time step, for each recurrent layer, in the first batch of the update; empty for other models. Default empty.</summary>
    public IReadOnlyList<NormsByDistance> GradientNormByDistance { get; init; } = [];
}
