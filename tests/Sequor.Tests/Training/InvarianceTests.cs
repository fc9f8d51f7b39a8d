using Sequor.Batching;
using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Decoding;
using Sequor.Training;

namespace Sequor.Tests.Training;

/// <summary>What must not change what is learnt: how a batch is cut, and how many threads work.</summary>
[Collection(nameof(ThreadCounts))]
public sealed class InvarianceTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void One_batch_and_four_of_the_same_sentences_make_the_same_updates(string optimizer)
    {
        float[] whole = Trained(optimizer, sentences: 32, accumulate: 1);
        float[] cut = Trained(optimizer, sentences: 8, accumulate: 4);
        float[] start = Start();
        Assert.True(whole.Zip(start).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.01f, "The weights must have moved.");
        Assert.InRange(whole.Zip(cut).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-5f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_one_and_two_threads_with_dropout()
    {
        string Run(int threads, ulong seed) => ThreadCounts.With(threads, () =>
        {
            using TransformerModel model = TinyTask.Model(seed: 4, width: 64, layers: 2, dropout: 0.2f);
            using var batches = new TinyTask(source => [.. source.Reverse()], sentences: 90);
            using var trainer = new Trainer(
                model, new CrossEntropy(0.1f), new Adam(model.Parameters), new ConstantSchedule(0.003f), new TrainerOptions { MaxUpdates = 8, Seed = seed });
            trainer.Run(batches);
            return TinyTask.HashOf(model);
        });

        string one = Run(1, 7);
        Assert.Equal(one, Run(1, 7));
        Assert.Equal(one, Run(2, 7));
        Assert.Equal(one, Run(2, 7));
        Assert.NotEqual(one, Run(2, 8));
    }

    [Fact]
    public void Dropout_of_a_sentence_does_not_depend_on_its_batch()
    {
        var task = new TinyTask(source => source);
        double Loss(IEnumerable<long> numbers)
        {
            using TransformerModel model = TinyTask.Model(dropout: 0.3f);
            using var step = new Step(model.Parameters.Device);
            using (step.Begin(new StepOptions(Dropout: true, Seed: 5, Update: 3)))
            {
                return new CrossEntropy().Run(model, step, task.BatchOf(numbers)).Loss;
            }
        }

        Assert.Equal(Loss([11, 12, 13]) + Loss([14, 15]), Loss([15, 12, 14, 11, 13]), 1e-4);
        Assert.NotEqual(Loss([11]), Loss([11, 12]) - Loss([13]), 1e-3);
    }

    private static float[] Start()
    {
        using TransformerModel model = TinyTask.Model();
        return model.Parameters.Values.ToArray();
    }

    private static float[] Trained(string optimizer, int sentences, int accumulate)
    {
        using TransformerModel model = TinyTask.Model();
        using ITrainingBatches batches = new TinyTask(source => [.. source.Order()], sentences);

        // Some gradients are zero but for rounding (a key's bias): with a tiny epsilon Adam would make full steps of them.
        using var trainer = new Trainer(
            model, new CrossEntropy(0.1f),
            optimizer == "sgd" ? new Sgd(model.Parameters, momentum: 0.9f) : new Adam(model.Parameters, new AdamOptions { Epsilon = 1e-3f }),
            new ConstantSchedule(optimizer == "sgd" ? 0.05f : 0.003f), new TrainerOptions { MaxUpdates = 10, Accumulate = accumulate });
        trainer.Run(batches);
        return model.Parameters.Values.ToArray();
    }
}
