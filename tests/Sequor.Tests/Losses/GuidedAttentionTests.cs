using Sequor.Batching;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Optimizers;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Models.Recurrent;
using Sequor.Tests.Training;
using Sequor.Training;
using Sequor.Training.Logs;

namespace Sequor.Tests.Losses;

public sealed class GuidedAttentionTests
{
    private const string Transformer = "Transformer";

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("general after")]
    [InlineData("luong")]
    [InlineData("multi-head before")]
    [InlineData("multi-head after")]
    [InlineData(Transformer)]
    public void The_cost_is_the_cross_entropy_of_the_attention_that_the_model_tells(string variant)
    {
        using EncoderDecoder model = Model(variant, 3);
        using var task = new GuidedTask();
        TrainingBatch batch = task.BatchOf([4, 5, 6]);
        using var step = new Step();
        using (step.Begin(StepOptions.Inference))
        {
            CrossEntropy loss = new(0.1f, guidance: 0.5f);
            PassTrace trace = loss.TraceFor(batch);
            double guided = loss.Run(model, step, batch, trace).Loss;
            double plain = new CrossEntropy(0.1f).Run(model, step, batch).Loss;

            float[] attention = trace.Attention.ToArray();
            int columns = trace.Attention.Shape.Width;
            double expected = 0;
            for (int row = 0; row < batch.Guide!.Rows; row++)
            {
                foreach (int place in batch.Guide.Partners(row))
                    expected -= Math.Log(attention[(row * columns) + place]) / batch.Guide.Partners(row).Length;
            }

            Assert.True(expected > 3);
            Assert.Equal(plain + (0.5 * expected), guided, 1e-3);
        }
    }

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("multi-head before")]
    [InlineData("multi-head after")]
    [InlineData(Transformer)]
    public void What_is_guided_is_what_decoding_tells(string variant)
    {
        using EncoderDecoder model = Model(variant, 3);
        using var task = new GuidedTask();
        TrainingBatch batch = task.BatchOf([4]);
        int[] read = [.. batch.TargetInput.Ids];
        using var step = new Step();
        float[] told;
        int columns;
        DecoderState state;
        using (step.Begin(StepOptions.Inference))
        {
            var trace = new PassTrace { WantsAttention = true };
            EncodedSource memory = model.Encode(step, batch.Source, trace);
            model.Decode(step, batch.TargetInput, memory, trace);
            (told, columns) = (trace.Attention.ToArray(), trace.Attention.Shape.Width);
            state = model.Start(memory);
        }

        using (state)
        {
            for (int t = 0; t < read.Length; t++)
            {
                using (step.Begin(StepOptions.Inference))
                {
                    float[][] attention = [null!];
                    state.Step(step, [read[t]], attention);
                    Assert.Equal(batch.Source.Lengths[0], attention[0].Length);
                    Assert.All(attention[0], (weight, place) => Assert.Equal(weight, told[(t * columns) + place], 1e-5f));
                }
            }
        }
    }

    // On the task of reversing, target piece t looks at source piece S - 1 - t.
    [Theory]
    [InlineData("bahdanau")]
    [InlineData("multi-head after")]
    [InlineData(Transformer)]
    public void Guided_attention_learns_its_alignments_long_before_it_would_by_itself(string variant)
    {
        double guided = Aligned(variant, guidance: 1);
        double alone = Aligned(variant, guidance: 0);
        Assert.True(guided > 0.7, $"only {guided:F3} of the attention lies where the alignments are");
        Assert.True(alone < guided - 0.3, $"{alone:F3} of the attention lies there without guidance, {guided:F3} with it");
    }

    [Fact]
    public void Only_models_that_tell_their_attention_can_be_guided()
    {
        using var additive = new RecurrentModel(RecurrentVariants.Of("bahdanau", TinyTask.Vocabulary), 3);
        using var fixedVector = new RecurrentModel(RecurrentVariants.Of("cho", TinyTask.Vocabulary), 3);
        using EncoderDecoder transformer = TinyTask.Model();
        Assert.True(GuidedAttention.IsPossible(additive));
        Assert.False(GuidedAttention.IsPossible(fixedVector));
        Assert.True(GuidedAttention.IsPossible(transformer));

        using var task = new GuidedTask();
        using var step = new Step();
        using (step.Begin(StepOptions.Inference))
        {
            Assert.Contains(
                "tells no attention to the source that alignments could guide",
                Assert.Throws<InvalidOperationException>(() => new CrossEntropy(0, 0.05f).Run(fixedVector, step, task.BatchOf([1]))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_logged_update_tells_the_gradient_by_distance_from_the_end()
    {
        using var model = new RecurrentModel(RecurrentVariants.Of("bahdanau", TinyTask.Vocabulary), 3);
        using var batches = new GuidedTask();
        var heard = new Heard();
        using (var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters), new ConstantSchedule(0.01f), new TrainerOptions { MaxUpdates = 3, LogEvery = 2 }))
            trainer.Run(batches, heard, stop: TestContext.Current.CancellationToken);

        Assert.Equal([1L, 2L], heard.Updates.Select(entry => entry.Update));
        Assert.All(heard.Updates, entry =>
        {
            Assert.Equal(["decoder.layers.0", "encoder.layers.0.backward", "encoder.layers.0.forward"], entry.GradientNormByDistance.Select(layer => layer.Name));

            // The longest source has six pieces and its end sign, and the decoder begins with one sign more and ends before the last.
            Assert.All(entry.GradientNormByDistance, layer => Assert.Equal(7, layer.Norms.Count));
            Assert.All(entry.GradientNormByDistance.SelectMany(layer => layer.Norms), norm => Assert.InRange(norm, 1e-8, 100));
        });
    }

    // Lengths with end sign 3 and 1 on the source side, 2 and 1 on the target side: sums over sentences become means of those long enough.
    [Fact]
    public void Norms_by_distance_are_means_of_the_sentences_that_are_long_enough()
    {
        TrainingBatch batch = new(SequenceBatch.From([[4, 5, 1], [1]]), SequenceBatch.From([[0, 6], [0]]), [6, 1, 1]);
        var trace = new PassTrace { WantsGradientNorms = true };
        ((double[])[6, 4, 1]).CopyTo(trace.NormsOf("encoder.layers.0.forward", 3)!, 0);
        ((double[])[6, 4]).CopyTo(trace.NormsOf("decoder.layers.0", 2)!, 0);

        IReadOnlyList<NormsByDistance> layers = GradientNorms.ByDistance(trace, batch);

        Assert.Equal(["decoder.layers.0", "encoder.layers.0.forward"], layers.Select(layer => layer.Name));
        Assert.Equal([3, 4], layers[0].Norms);
        Assert.Equal([3, 4, 1], layers[1].Norms);
    }

    private static EncoderDecoder Model(string variant, ulong seed) =>
        variant == Transformer ? TinyTask.Model(seed) : new RecurrentModel(RecurrentVariants.Of(variant, TinyTask.Vocabulary), seed);

    private static double Aligned(string variant, float guidance)
    {
        using EncoderDecoder model = Model(variant, 1);
        using var batches = new GuidedTask();
        CrossEntropy loss = new(0, guidance);
        using (var trainer = new Trainer(model, loss, new Adam(model.Parameters), new ConstantSchedule(0.01f), new TrainerOptions { MaxUpdates = 80 }))
            trainer.Run(batches, stop: TestContext.Current.CancellationToken);

        TrainingBatch batch = batches.BatchOf(Enumerable.Range(5000, 50).Select(number => (long)number));
        using var step = new Step();
        using (step.Begin(StepOptions.Inference))
        {
            PassTrace trace = new CrossEntropy(0, 1).TraceFor(batch);
            model.Decode(step, batch.TargetInput, model.Encode(step, batch.Source, trace), trace);
            float[] attention = trace.Attention.ToArray();
            int columns = trace.Attention.Shape.Width;
            return Enumerable.Range(0, batch.Guide!.Rows).Where(row => batch.Guide.Partners(row).Length == 1)
                .Average(row => attention[(row * columns) + batch.Guide.Partners(row)[0]]);
        }
    }

    /// <summary>Sequences to be reversed, with their alignments.</summary>
    private sealed class GuidedTask : ITrainingBatches
    {
        private readonly TinyTask _task = new(source => [.. source.Reverse()], sentences: 32);
        private long _next;

        public DataPosition Position => _task.Position;

        public TrainingBatch Next() => BatchOf(Enumerable.Range(0, 32).Select(_ => _next++).ToArray());

        public void Dispose() => _task.Dispose();

        internal TrainingBatch BatchOf(IEnumerable<long> numbers)
        {
            TrainingBatch batch = _task.BatchOf(numbers);
            int[] partners = [.. batch.Source.Lengths.SelectMany(length => Enumerable.Range(0, length - 1).Reverse())];
            int[] starts = new int[batch.TargetTokens + 1];
            for (int i = 0; i < batch.Count; i++)
            {
                for (int row = batch.TargetInput.Starts[i]; row < batch.TargetInput.Starts[i] + batch.TargetInput.Lengths[i]; row++)
                    starts[row + 1] = starts[row] + (row - batch.TargetInput.Starts[i] < batch.TargetInput.Lengths[i] - 1 ? 1 : 0);
            }

            return new TrainingBatch(batch.Source, batch.TargetInput, batch.TargetOutput, batch.Next, batch.Epoch, new AttentionGuide(starts, partners));
        }
    }
}
