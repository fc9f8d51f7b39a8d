namespace Sequor.Training.Logs;

/// <summary>How the model did on held-out data after some update: one line of the validation log.</summary>
public sealed record ValidationEntry
{
    /// <summary>The number of updates the measured weights had seen; 0 for an untrained model.</summary>
    public required long Update { get; init; }

    /// <summary>The pass over the training data the model was in, counted from 1. Default 1.</summary>
    public int Epoch { get; init; } = 1;

    /// <summary>The training's own loss on the held-out data, in nats per real target token.</summary>
    public required double Loss { get; init; }

    /// <summary>The negative log-likelihood, in nats per real target token.</summary>
    public required double Nll { get; init; }

    /// <summary>The exponential of <see cref="Nll"/>.</summary>
    public required double Perplexity { get; init; }

    /// <summary>The share of real target tokens guessed right when all before them are given, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>BLEU of decoded text, 0 to 100; <see langword="null"/> where nothing was decoded. Default null.</summary>
    public double? Bleu { get; init; }

    /// <summary>chrF of decoded text, 0 to 100; <see langword="null"/> where nothing was decoded. Default null.</summary>
    public double? Chrf { get; init; }

    /// <summary>Whether this is the best validation so far by the measure that picks the best checkpoint. Default false.</summary>
    public bool IsBest { get; init; }

    /// <summary>Wall time since the training began, in seconds. Default 0.</summary>
    public double ElapsedSeconds { get; init; }
}
