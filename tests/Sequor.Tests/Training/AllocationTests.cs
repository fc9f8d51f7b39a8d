using Sequor.Batching;
using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Training;

namespace Sequor.Tests.Training;

/// <summary>A training in its stride leaves the managed heap alone, so that no update waits for a collection.</summary>
public sealed class AllocationTests
{
    private const int WarmUp = 60;
    private const int Measured = 40;
    private const int LogEvery = 10;

    [Fact]
    public void An_update_after_the_first_ones_allocates_little_on_the_thread_that_trains()
    {
        using TransformerModel model = TinyTask.Model(width: 16, layers: 2, dropout: 0.1f);
        using var batches = new CountedBatches();
        using var trainer = new Trainer(
            model, new CrossEntropy(0.1f), new Adam(model.Parameters), new InverseSquareRootSchedule(0.001f, 100),
            new TrainerOptions { MaxUpdates = WarmUp + Measured, LogEvery = LogEvery, EmaDecay = 0.9f });
        trainer.Run(batches, stop: TestContext.Current.CancellationToken);

        // Bytes at the beginning of each update; those of update u lie between the u-th and the next.
        long[] bytes = [.. batches.Bytes.Zip(batches.Bytes.Skip(1), (from, to) => to - from)];
        int[] updates = [.. Enumerable.Range(WarmUp + 1, Measured - 1)];
        Assert.InRange(Median(updates.Where(update => update % LogEvery != 0).Select(update => bytes[update - 1])), 0, 2000);
        Assert.InRange(Median(updates.Where(update => update % LogEvery == 0).Select(update => bytes[update - 1])), 0, 5000);

        // A collection may empty the pools of arrays; even then nothing is as large as the large objects, which begin at 85,000 bytes.
        Assert.InRange(updates.Max(update => bytes[update - 1]), 0, 84_999);
    }

    private static long Median(IEnumerable<long> numbers)
    {
        long[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Batches of changing size, made beforehand.</summary>
    private sealed class CountedBatches : ITrainingBatches
    {
        private readonly TrainingBatch[] _batches;

        internal CountedBatches()
        {
            TinyTask task = new(source => source);
            _batches = [.. Enumerable.Range(0, 23).Select(batch => task.BatchOf(Enumerable.Range(1000 * batch, 100 + (20 * (batch % 11))).Select(number => (long)number)))];
        }

        public DataPosition Position => DataPosition.Start;

        internal List<long> Bytes { get; } = new(WarmUp + Measured);

        public TrainingBatch Next()
        {
            Bytes.Add(GC.GetAllocatedBytesForCurrentThread());
            return _batches[Bytes.Count % _batches.Length];
        }

        public void Dispose()
        {
        }
    }
}
