namespace Sequor.Training.Logs;

/// <summary>The reasons for which a training run ends.</summary>
public enum TrainingEnd
{
    /// <summary>The limit of updates was reached.</summary>
    UpdateLimit,

    /// <summary>The limit of passes over the data was reached.</summary>
    EpochLimit,

    /// <summary>The limit of wall time was reached.</summary>
    TimeLimit,

    /// <summary>The held-out data stopped getting better.</summary>
    EarlyStopping,

    /// <summary>The user or the system asked for a stop; the state was saved.</summary>
    Cancelled,

    /// <summary>A loss, gradient or weight was not a finite number.</summary>
    Diverged,
}
