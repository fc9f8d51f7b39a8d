namespace Sequor.Optimizers;

/// <summary>The learning rate of each update.</summary>
public abstract class Schedule
{
    /// <summary>Makes a schedule.</summary>
    /// <param name="peak">The learning rate that the warm-up ends at, above 0.</param>
    /// <param name="warmupUpdates">Updates over which the rate grows in a straight line, 0 or more; 0 for none.</param>
    /// <param name="warmupFrom">The rate that the warm-up starts from, 0 or more.</param>
    protected Schedule(float peak, long warmupUpdates, float warmupFrom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peak);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupUpdates);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupFrom);
        (Peak, WarmupUpdates, WarmupFrom) = (peak, warmupUpdates, warmupFrom);
    }

    /// <summary>The learning rate that the warm-up ends at.</summary>
    protected float Peak { get; }

    /// <summary>Updates of the warm-up.</summary>
    protected long WarmupUpdates { get; }

    private float WarmupFrom { get; }

    /// <summary>The learning rate of one update.</summary>
    /// <param name="update">The update's number, from 1.</param>
    public float LearningRate(long update)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(update, 1);
        return update < WarmupUpdates
            ? (float)(WarmupFrom + ((Peak - WarmupFrom) * (update / (double)WarmupUpdates)))
            : (float)(Peak * Factor(update));
    }

    /// <summary>Tells a validation's result to schedules that follow it.</summary>
    /// <param name="improved">Whether the watched metric improved.</param>
    public virtual void Validated(bool improved)
    {
    }

    /// <summary>State that must be saved, as text; empty for schedules that depend on the update alone.</summary>
    public virtual string SaveState() => "";

    /// <summary>Takes saved state up again.</summary>
    /// <param name="state">What <see cref="SaveState"/> gave; empty for a schedule at its beginning.</param>
    /// <exception cref="ModelFormatException">The state is not one of this schedule.</exception>
    public virtual void LoadState(string state)
    {
    }

    /// <summary>The share of the peak after the warm-up.</summary>
    /// <param name="update">The update's number, at least the warm-up's length.</param>
    protected abstract double Factor(long update);
}
