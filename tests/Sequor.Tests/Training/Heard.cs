using Sequor.Training;
using Sequor.Training.Logs;

namespace Sequor.Tests.Training;

/// <summary>Remembers what a training tells, and lets a test act at an update.</summary>
internal sealed class Heard : ITrainingListener
{
    internal List<TrainingLogEntry> Updates { get; } = [];

    internal List<ValidationEntry> Validations { get; } = [];

    internal List<string> Messages { get; } = [];

    internal Trainer? Trainer { get; set; }

    internal Action<long>? OnUpdate { get; set; }

    public void Started(TrainingStart start)
    {
    }

    public void Updated(TrainingLogEntry entry)
    {
        Updates.Add(entry);
        OnUpdate?.Invoke(entry.Update);
    }

    public void Validated(ValidationEntry entry) => Validations.Add(entry);

    public void Saved(string path)
    {
    }

    public void Message(string text) => Messages.Add(text);

    public void Finished(TrainingSummary summary)
    {
    }
}
