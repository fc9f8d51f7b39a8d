using Sequor.Batching;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Optimizers;
using Sequor.Tests.Models.Recurrent;
using Sequor.Training;

namespace Sequor.Tests.Training;

/// <summary>Scheduled sampling and free running, for a recurrent model and a Transformer.</summary>
public sealed class TargetFeedingTests
{
    public static TheoryData<string> Kinds => ["transformer", "bahdanau", "luong"];

    [Theory]
    [InlineData(FeedingSchedule.Constant, 7, 0, 1, 0)]
    [InlineData(FeedingSchedule.Linear, 100, 0.25, 50, 0.5)]
    [InlineData(FeedingSchedule.Linear, 100, 0.25, 90, 0.25)]
    [InlineData(FeedingSchedule.Exponential, 0.5, 0, 3, 0.125)]
    [InlineData(FeedingSchedule.InverseSigmoid, 10, 0, 10, 0.78627)]
    public void The_chance_of_the_true_piece_follows_its_formula(FeedingSchedule schedule, double decay, double floor, long update, double expected)
    {
        var options = new TargetFeedingOptions { Schedule = schedule, Decay = decay, Floor = floor };
        Assert.Empty(options.Validate());
        Assert.Equal(expected, options.TrueChance(update), 1e-5);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Free_running_reads_what_greedy_search_would_write(string kind)
    {
        using EncoderDecoder model = ModelOf(kind);
        TrainingBatch batch = Batch([3, 14, 15, 9]);
        using var feeding = new TargetFeeding(model, new TargetFeedingOptions { Schedule = FeedingSchedule.Constant }, seed: 1);
        SequenceBatch input = feeding.Mix(batch, 1).TargetInput;
        for (int i = 0; i < batch.Count; i++)
        {
            Assert.Equal(Greedy(model, batch.Source.Sentence(i).ToArray(), input.Lengths[i]), input.Sentence(i).ToArray());
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_replaced_does_not_depend_on_the_batch_and_is_the_share_that_was_asked_for(string kind)
    {
        using EncoderDecoder model = ModelOf(kind);
        foreach (TargetFeedingOptions options in (TargetFeedingOptions[])[
            new() { Schedule = FeedingSchedule.Constant, Floor = 0.6 },
            new() { Schedule = FeedingSchedule.Constant, Floor = 0.6, Samples = true },
            new() { Schedule = FeedingSchedule.Constant, Floor = 0.6, Samples = true, TwoPasses = true }])
        {
            using var feeding = new TargetFeeding(model, options, seed: 3);
            long[] numbers = [.. Enumerable.Range(0, 200).Select(number => (long)number)];
            TrainingBatch batch = Batch(numbers);
            SequenceBatch mixed = feeding.Mix(batch, 5).TargetInput;
            Assert.Equal(mixed.Sentence(7).ToArray(), feeding.Mix(Batch([9, 7, 8]), 5).TargetInput.Sentence(1).ToArray());
            Assert.NotEqual(mixed.Ids, feeding.Mix(batch, 6).TargetInput.Ids);
            int replaced = mixed.Ids.Zip(batch.TargetInput.Ids).Count(pair => pair.First != pair.Second);

            // Some of the model's own pieces are the true ones: at most 0.4 of all inputs differ, and with ten pieces not far fewer.
            Assert.InRange(replaced, 0.25 * (batch.TargetTokens - batch.Count), 0.44 * (batch.TargetTokens - batch.Count));
        }
    }

    [Fact]
    public void Nothing_is_replaced_while_the_chance_is_one_and_two_passes_ask_with_the_true_sentence()
    {
        using EncoderDecoder model = ModelOf("bahdanau");
        TrainingBatch batch = Batch([1, 2, 3]);
        using var teacher = new TargetFeeding(model, new TargetFeedingOptions { Schedule = FeedingSchedule.Constant, Floor = 1 }, seed: 1);
        Assert.Same(batch, teacher.Mix(batch, 1));

        using var free = new TargetFeeding(model, new TargetFeedingOptions { Schedule = FeedingSchedule.Constant, TwoPasses = true }, seed: 1);
        int[] mixed = free.Mix(batch, 1).TargetInput.Ids;
        for (int i = 0; i < batch.Count; i++)
        {
            int start = batch.TargetInput.Starts[i];

            // The second input is the first output in either way; later ones have read the truth.
            Assert.Equal(Greedy(model, batch.Source.Sentence(i).ToArray(), 2), mixed[start..(start + 2)]);
        }
    }

    [Fact]
    public void A_model_learns_on_its_own_outputs()
    {
        using EncoderDecoder model = ModelOf("bahdanau");
        using var batches = new TinyTask(source => source, sentences: 32);
        using var trainer = new Trainer(
            model, new CrossEntropy(), new Adam(model.Parameters), new ConstantSchedule(0.01f),
            new TrainerOptions { MaxUpdates = 60, LogEvery = 1, Feeding = new TargetFeedingOptions { Schedule = FeedingSchedule.Linear, Decay = 60 } });
        var heard = new Heard();
        trainer.Run(batches, heard, stop: TestContext.Current.CancellationToken);
        Assert.True(heard.Updates[^1].Loss < 0.85 * heard.Updates[0].Loss);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_goes_on_ends_in_the_bits_of_one_that_never_stopped_and_a_shorter_one_does_not(bool isShorter)
    {
        string Run(params long[] limits)
        {
            using var model = new RecurrentModel(RecurrentVariants.Of("zoneout, noise, detached", TinyTask.Vocabulary), 5);
            using var batches = new TinyTask(source => [.. source.Reverse()], sentences: 16);
            var state = new TrainerState();
            foreach (long limit in limits)
            {
                using var trainer = new Trainer(
                    model, new CrossEntropy(0.1f), new Sgd(model.Parameters), new ConstantSchedule(0.1f),
                    new TrainerOptions { MaxUpdates = limit, Feeding = new TargetFeedingOptions { Schedule = FeedingSchedule.Linear, Decay = 8, Samples = true } });
                trainer.Resume(state);
                trainer.Run(batches, stop: TestContext.Current.CancellationToken);
                state = trainer.State;
            }

            return TinyTask.HashOf(model);
        }

        Assert.Equal(isShorter, Run(6) != Run(isShorter ? [3, 5] : [3, 6]));
    }

    [Fact]
    public void Decays_and_floors_out_of_range_are_faults() => Assert.Equal(2, new TargetFeedingOptions { Decay = 0.5, Floor = 2 }.Validate().Count);

    private static EncoderDecoder ModelOf(string kind)
    {
        if (kind == "transformer")
        {
            return TinyTask.Model();
        }

        return new RecurrentModel(RecurrentVariants.Of(kind, TinyTask.Vocabulary), 5);
    }

    private static TrainingBatch Batch(IEnumerable<long> numbers) => new TinyTask(source => [.. source.Reverse()]).BatchOf(numbers);

    /// <summary>The begin sign and the most probable pieces, read one by one; an end sign is read like any other.</summary>
    private static int[] Greedy(EncoderDecoder model, int[] source, int length)
    {
        using var step = new Sequor.Tensors.Autograd.Step(model.Parameters.Device);
        DecoderState state;
        using (step.Begin())
        {
            state = model.Start(model.Encode(step, SequenceBatch.From([source])));
        }

        var said = new List<int> { TinyTask.Begin };
        while (said.Count < length)
        {
            using (step.Begin())
            {
                float[] logits = model.Project(state.Step(step, [said[^1]])).ToArray();
                said.Add(Array.IndexOf(logits, logits.Max()));
            }
        }

        return [.. said];
    }
}
