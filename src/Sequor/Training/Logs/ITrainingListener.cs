namespace Sequor.Training.Logs;

/// <summary>
/// Hears what the training loop has to tell. The loop calls one method at a time, from its own thread, and waits
/// for each: an implementation returns at once and leaves slow work to a thread of its own.
/// </summary>
public interface ITrainingListener
{
    /// <summary>Hears that a run starts or resumes; called once, before anything else.</summary>
    /// <param name="start">What is known at the start.</param>
    void Started(TrainingStart start);

    /// <summary>Hears that the weights were updated.</summary>
    /// <param name="entry">The measures of this update.</param>
    void Updated(TrainingLogEntry entry);

    /// <summary>Hears that the model was measured on held-out data.</summary>
    /// <param name="entry">The measures of this validation.</param>
    void Validated(ValidationEntry entry);

    /// <summary>Hears that a checkpoint was written.</summary>
    /// <param name="path">The checkpoint's directory.</param>
    void Saved(string path);

    /// <summary>Hears a sentence for the user: a warning, or something worth knowing.</summary>
    /// <param name="text">One line of text.</param>
    void Message(string text);

    /// <summary>Hears that the run ended; called once, after everything else, also when it was cancelled.</summary>
    /// <param name="summary">What came out of it.</param>
    void Finished(TrainingSummary summary);
}
