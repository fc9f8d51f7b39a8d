namespace Sequor.Training.Logs;

/// <summary>Guesses how long a run still takes, from its limits and its pace so far.</summary>
public static class RemainingTime
{
    /// <summary>Estimates the seconds until the first limit of the run is reached.</summary>
    /// <param name="start">The run's start and limits.</param>
    /// <param name="update">Updates made so far, those before a resume included.</param>
    /// <param name="elapsedSeconds">Wall time so far in seconds, earlier runs included.</param>
    /// <returns>Seconds, 0 or more; <see langword="null"/> when no limit of updates or time was set or the pace is not known yet.</returns>
    /// <remarks>A limit of passes over the data is not used: how many updates a pass takes is known only after it.</remarks>
    public static double? Estimate(TrainingStart start, long update, double elapsedSeconds)
    {
        double? byTime = start.MaxSeconds is { } seconds ? Math.Max(0, seconds - elapsedSeconds) : null;
        double? byUpdates = ByUpdates(start, update, elapsedSeconds);
        return byTime is { } time && byUpdates is { } updates ? Math.Min(time, updates) : byTime ?? byUpdates;
    }

    private static double? ByUpdates(TrainingStart start, long update, double elapsedSeconds)
    {
        long made = update - start.ResumedUpdate;
        double spent = elapsedSeconds - start.ResumedSeconds;
        if (start.MaxUpdates is not { } limit || made <= 0 || !(spent > 0))
        {
            return null;
        }

        return Math.Max(0, limit - update) * (spent / made);
    }
}
