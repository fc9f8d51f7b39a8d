namespace Sequor.Training.Logs;

/// <summary>Tells several listeners everything, in the order in which they were given, and disposes those that can be.</summary>
/// <param name="listeners">The listeners, from here on owned by this one; none is allowed, and then nothing is heard.</param>
public sealed class CompositeListener(params IReadOnlyList<ITrainingListener> listeners) : ITrainingListener, IDisposable
{
    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Started(start);
        }
    }

    /// <inheritdoc/>
    public void Updated(TrainingLogEntry entry)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Updated(entry);
        }
    }

    /// <inheritdoc/>
    public void Validated(ValidationEntry entry)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Validated(entry);
        }
    }

    /// <inheritdoc/>
    public void Saved(string path)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Saved(path);
        }
    }

    /// <inheritdoc/>
    public void Message(string text)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Message(text);
        }
    }

    /// <inheritdoc/>
    public void Finished(TrainingSummary summary)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Finished(summary);
        }
    }

    /// <summary>Disposes the listeners that hold files or threads, last given first.</summary>
    public void Dispose()
    {
        foreach (ITrainingListener listener in listeners.Reverse())
        {
            (listener as IDisposable)?.Dispose();
        }
    }
}
