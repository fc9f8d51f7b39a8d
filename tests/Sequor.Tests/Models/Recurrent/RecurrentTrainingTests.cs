using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Decoding;
using Sequor.Tests.Training;
using Sequor.Training;

namespace Sequor.Tests.Models.Recurrent;

/// <summary>What recurrent models promise in training.</summary>
[Collection(nameof(ThreadCounts))]
public sealed class RecurrentTrainingTests
{
    public static TheoryData<string> Variants => [.. RecurrentVariants.All.Keys];

    public static TheoryData<string> WholeVariants => [.. RecurrentVariants.All.Where(pair => !pair.Value.FeedsBack).Select(pair => pair.Key)];

    [Theory, MemberData(nameof(WholeVariants))]
    public void Layer_by_layer_and_step_by_step_give_the_same_states_in_bits_and_the_same_gradients(string variant)
    {
        (float[] whole, float[] wholeGradients) = Pass(variant, steps: false);
        (float[] stepped, float[] steppedGradients) = Pass(variant, steps: true);
        Assert.Equal(TinyModels.Bits(whole), TinyModels.Bits(stepped));
        Assert.True(wholeGradients.Max(Math.Abs) > 0.1f);
        Assert.InRange(wholeGradients.Zip(steppedGradients).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4f);
    }

    [Theory, MemberData(nameof(Variants))]
    public void The_same_seed_gives_the_same_weights_on_one_and_two_threads(string variant)
    {
        string Run(int threads) => ThreadCounts.With(threads, () =>
        {
            using var model = new RecurrentModel(RecurrentVariants.Of(variant, TinyTask.Vocabulary), 3);
            using var batches = new TinyTask(source => [.. source.Reverse()], sentences: 24);
            using var trainer = new Trainer(
                model, new CrossEntropy(0.1f), new Adam(model.Parameters), new ConstantSchedule(0.01f), new TrainerOptions { MaxUpdates = 3 });
            trainer.Run(batches);
            return TinyTask.HashOf(model);
        });

        Assert.Equal(Run(1), Run(2));
    }

    [Theory, MemberData(nameof(Variants))]
    public void One_batch_and_two_of_the_same_sentences_make_the_same_gradient(string variant)
    {
        using var model = new RecurrentModel(RecurrentVariants.Of(variant, TinyTask.Vocabulary), 3);
        var task = new TinyTask(source => [.. source.Reverse()]);
        float[] Gradients(params long[][] batches)
        {
            using var step = new Step(model.Parameters.Device);
            model.Parameters.ClearGradients();
            foreach (long[] numbers in batches)
            {
                using (step.Begin(new StepOptions(RecordGradients: true, Dropout: true, Seed: 5, Update: 2)))
                {
                    new CrossEntropy().Run(model, step, task.BatchOf(numbers));
                }
            }

            return model.Parameters.Gradients.ToArray();
        }

        float[] together = Gradients([11, 12, 13, 14, 15]);
        Assert.True(together.Max(Math.Abs) > 0.1f);
        float[] apart = Gradients([14, 11], [15, 13, 12]);
        Assert.InRange(together.Zip(apart).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 2e-4f);
    }

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("general after")]
    public void A_model_with_attention_learns_to_reverse(string variant)
    {
        RecurrentStackOptions wide = new() { Width = 32 };
        using var model = new RecurrentModel(
            RecurrentVariants.Of(variant, TinyTask.Vocabulary) with { EmbeddingWidth = 24, Encoder = wide, Decoder = wide, ReadoutWidth = 24 }, 1);
        using var batches = new TinyTask(source => [.. source.Reverse()]);
        using var trainer = new Trainer(
            model, new CrossEntropy(), new Adam(model.Parameters), new ConstantSchedule(0.01f), new TrainerOptions { MaxUpdates = 250 });
        trainer.Run(batches, stop: TestContext.Current.CancellationToken);
        int[][] unseen = [.. Enumerable.Range(1_000_000, 100).Select(number => TinyTask.Sequence(number))];
        var outputs = TinyModels.Search(model, new GreedySearchOptions(), [.. unseen.Select(source => (int[])[.. source, TinyTask.End])]);
        int right = outputs.Zip(unseen).Count(pair => pair.First[0].Ids.SequenceEqual(pair.Second.Reverse()));
        Assert.True(right >= 95, $"{right} of 100 unseen sequences are right.");
    }

    // Tu et al. 2017: t = f((1 - z) (W e + U t') + z C s). Where z is 1 and all positions weigh the same, every step sees the same and so says the same.
    [Theory]
    [InlineData(ContextGateKind.Both, 100, 0, 1e-6)]
    [InlineData(ContextGateKind.Target, -100, 0, 1e-6)]
    [InlineData(ContextGateKind.Source, -100, 1e-3, 1)]
    public void A_closed_gate_lets_neither_word_nor_last_state_into_the_cell(ContextGateKind kind, float bias, double least, double most)
    {
        RecurrentModelOptions options = RecurrentVariants.Of("tanh", TinyTask.Vocabulary) with { ContextGate = kind, ReadoutSeesWord = false };
        using var model = new RecurrentModel(options, 3);
        Fill(model, "decoder.context.gate.bias", bias);
        Fill(model, "decoder.attention.vector", 0);
        using var step = new Step(model.Parameters.Device);
        using (step.Begin(StepOptions.Inference))
        {
            EncodedSource memory = model.Encode(step, SequenceBatch.From([[4, 5, 6, 1]]));
            float[] states = model.Decode(step, SequenceBatch.From([[0, 7, 8]]), memory).ToArray();
            int width = states.Length / 3;
            double apart = Enumerable.Range(0, width).Max(i => Math.Abs(states[i] - states[(2 * width) + i]));
            Assert.InRange(apart, least, most);
        }
    }

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("coverage and location")]
    [InlineData("luong")]
    [InlineData("general after")]
    [InlineData("layer norm")]
    public void A_cut_before_every_step_keeps_the_loss_of_the_last_from_the_words_before(string variant)
    {
        Assert.True(FirstWordMoves(variant, detachEvery: 0) > 1e-6);
        Assert.Equal(0, FirstWordMoves(variant, detachEvery: 1));
        Assert.True(FirstWordMoves(variant, detachEvery: 4) > 1e-6);
    }

    /// <summary>How much of the gradient of the last position's state reaches the first word behind the begin sign.</summary>
    private static double FirstWordMoves(string variant, int detachEvery)
    {
        RecurrentModelOptions options = RecurrentVariants.Of(variant, TinyTask.Vocabulary);
        using var model = new RecurrentModel(options with { Decoder = options.Decoder with { DetachEvery = detachEvery } }, 3);
        using var step = new Step(model.Parameters.Device);
        model.Parameters.ClearGradients();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            EncodedSource memory = model.Encode(step, SequenceBatch.From([[4, 5, 6, 1]]));
            Sequor.Tensors.Tensor states = model.Decode(step, SequenceBatch.From([[0, 7, 8]]), memory);
            step.Backward(states.RowRange(2, 1).Sum());
            Parameter table = model.Parameters.All.Single(parameter => parameter.Names[0] == "decoder.embedding.weight");
            float[] gradients = table.Gradient.ToArray();
            int width = table.Shape.Width;
            return gradients.AsSpan(7 * width, width).ToArray().Max(Math.Abs);
        }
    }

    private static void Fill(RecurrentModel model, string name, float value)
    {
        Assert.True(model.Parameters.TryGet(name, out Sequor.Tensors.Tensor weight));
        float[] values = new float[weight.Shape.Count];
        Array.Fill(values, value);
        weight.CopyFrom(values);
        model.Parameters.MarkChanged();
    }

    private static (float[] States, float[] Gradients) Pass(string variant, bool steps)
    {
        using var model = new RecurrentModel(RecurrentVariants.Of(variant, TinyTask.Vocabulary), 3);
        model.Decoder.StepsAlways = steps;
        using var step = new Step(model.Parameters.Device);
        TrainingBatch batch = new TinyTask(source => [.. source.Reverse()]).BatchOf(Enumerable.Range(40, 12).Select(number => (long)number));
        model.Parameters.ClearGradients();
        using (step.Begin(new StepOptions(RecordGradients: true, Dropout: true, Seed: 2, Update: 9)))
        {
            Sequor.Tensors.Tensor states = model.Decode(step, batch.TargetInput, model.Encode(step, batch.Source));
            step.Backward(states.ProjectedCrossEntropy(model.Projection.Weight, model.Projection.Bias, batch.TargetOutput, 0).Loss);
            return (states.ToArray(), model.Parameters.Gradients.ToArray());
        }
    }
}
