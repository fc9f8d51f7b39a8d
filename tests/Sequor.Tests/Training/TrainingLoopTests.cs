using Sequor.Batching;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Training;
using Sequor.Training.Logs;

namespace Sequor.Tests.Training;

/// <summary>The loop itself, on a model of a few weights.</summary>
public sealed class TrainingLoopTests
{
    [Fact]
    public void A_validation_that_is_no_number_is_never_the_best()
    {
        using TransformerModel model = Model();
        using Trainer trainer = Make(model, new TrainerOptions { MaxUpdates = 3, ValidateEvery = 1 });
        trainer.Run(new OneBatch(), validation: new GivenLosses(double.NaN, 5, double.NaN), stop: TestContext.Current.CancellationToken);
        Assert.Equal((-5.0, 2L, 1), (trainer.State.Best!.Value, trainer.State.BestUpdate, trainer.State.ValidationsWithoutImprovement));
    }

    [Fact]
    public void Options_out_of_their_ranges_are_refused_all_at_once()
    {
        using TransformerModel model = Model();
        var options = new TrainerOptions { Accumulate = 0, ValidateEvery = 0, CheckpointEvery = 0, LogEvery = 0, ClipNorm = -1, EmaDecay = 1, Patience = 0 };
        Assert.Equal(7, options.Validate().Count);
        Assert.Empty(new TrainerOptions().Validate());
        Assert.Throws<ArgumentException>(() => Make(model, options));
    }

    [Fact]
    public void Half_an_update_that_a_fault_left_does_not_count_in_the_next_run()
    {
        float[] Trained(bool interrupted)
        {
            using TransformerModel model = Model();
            using Trainer trainer = Make(model, new TrainerOptions { MaxUpdates = 1, Accumulate = 2 });
            if (interrupted)
            {
                Assert.Throws<IOException>(() => trainer.Run(new OneBatch(failsAt: 1), stop: TestContext.Current.CancellationToken));
            }

            trainer.Run(new OneBatch(), stop: TestContext.Current.CancellationToken);
            return model.Parameters.Values.ToArray();
        }

        Assert.Equal(Trained(interrupted: false), Trained(interrupted: true));
    }

    [Fact]
    public void A_steady_update_leaves_next_to_nothing_to_the_garbage_collector()
    {
        using TransformerModel model = Model();
        using Trainer trainer = Make(model, new TrainerOptions { MaxUpdates = 40, LogEvery = 1000 });
        var batches = new OneBatch(measuredFrom: 20);
        trainer.Run(batches, stop: TestContext.Current.CancellationToken);
        Assert.InRange(batches.BytesPerUpdate, 0, 4096);
    }

    private static TransformerModel Model() => new(
        new TransformerOptions
        {
            SourceVocabularySize = 9,
            TargetVocabularySize = 9,
            EncoderLayers = 1,
            DecoderLayers = 1,
            Block = new BlockOptions { Width = 8, FeedForwardWidth = 8, Heads = 2 },
        }, 1);

    private static Trainer Make(TransformerModel model, TrainerOptions options) =>
        new(model, new CrossEntropy(0.1f), new Adam(model.Parameters), new ConstantSchedule(0.001f), options);

    /// <summary>The same two sentences again and again.</summary>
    private sealed class OneBatch(int failsAt = -1, int measuredFrom = -1) : ITrainingBatches
    {
        private readonly TrainingBatch _batch = new(
            SequenceBatch.From([[3, 4, 1], [5, 1]]), SequenceBatch.From([[0, 4], [0, 5, 6]]), [4, 1, 5, 6, 1]);

        private long _bytes;
        private int _given;

        public DataPosition Position => DataPosition.Start;

        public double BytesPerUpdate => (GC.GetAllocatedBytesForCurrentThread() - _bytes) / (double)(_given - measuredFrom);

        public TrainingBatch Next()
        {
            if (_given == failsAt)
            {
                throw new IOException("The disk is gone.");
            }

            if (_given++ == measuredFrom)
            {
                _bytes = GC.GetAllocatedBytesForCurrentThread();
            }

            return _batch;
        }

        public void Dispose()
        {
        }
    }

    private sealed class GivenLosses(params double[] losses) : IValidation
    {
        public ValidationEntry Measure(long update, int epoch) =>
            new() { Update = update, Epoch = epoch, Loss = losses[update - 1], Nll = 1, Perplexity = 1, Accuracy = 0 };
    }
}
