namespace Sequor.Training;

/// <summary>Where a trainer leaves what it has reached.</summary>
public interface ICheckpoints
{
    /// <summary>Saves weights, optimiser and state.</summary>
    /// <param name="trainer">The trainer, between two updates.</param>
    /// <param name="isBest">Whether the last validation was the best so far.</param>
    /// <returns>The checkpoint's directory.</returns>
    string Save(Trainer trainer, bool isBest);
}
