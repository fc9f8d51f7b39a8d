namespace Sequor.Batching;

/// <summary>An endless sequence of training batches whose place can be saved.</summary>
public interface ITrainingBatches : IDisposable
{
    /// <summary>The place of the batch that <see cref="Next"/> gives next.</summary>
    DataPosition Position { get; }

    /// <summary>The next batch; after the last of an epoch comes the first of the next.</summary>
    /// <exception cref="CorpusException">A file can no longer be read, or no pair is left to learn from.</exception>
    TrainingBatch Next();
}
