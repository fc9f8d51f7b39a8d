using Sequor.Batching;

namespace Sequor.Training.Benchmarks;

/// <summary>Some of the batches of a list, and then all of them.</summary>
/// <param name="batches">The list.</param>
/// <param name="first">How many come twice, at most as many as there are.</param>
internal sealed class RepeatedBatches(IReadOnlyList<TrainingBatch> batches, int first) : ITrainingBatches
{
    private int _given = -first;

    public DataPosition Position { get; private set; } = DataPosition.Start;

    public TrainingBatch Next()
    {
        TrainingBatch batch = batches[_given < 0 ? _given + first : _given];
        _given++;
        Position = batch.Next;
        return batch;
    }

    public void Dispose()
    {
    }
}
