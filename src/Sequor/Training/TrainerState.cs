using Sequor.Batching;

namespace Sequor.Training;

/// <summary>Where a training stands: with the weights and the optimiser's buffers, everything that a resumed run needs to go on in the same bits.</summary>
public sealed record TrainerState
{
    /// <summary>Updates made.</summary>
    public long Update { get; init; }

    /// <summary>The next batch.</summary>
    public DataPosition Position { get; init; } = DataPosition.Start;

    /// <summary>Wall time spent, in seconds.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>Validations since the best one.</summary>
    public int ValidationsWithoutImprovement { get; init; }

    /// <summary>The best validation's measure, the sign turned where lower is better; null before the first.</summary>
    public double? Best { get; init; }

    /// <summary>The update of the best validation.</summary>
    public long BestUpdate { get; init; }

    /// <summary>The schedule's own state.</summary>
    public string Schedule { get; init; } = "";
}
