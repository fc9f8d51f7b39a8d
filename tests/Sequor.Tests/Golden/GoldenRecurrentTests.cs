using Sequor.Batching;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Optimizers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tests.Golden;

/// <summary>Whole recurrent models agree with torch.nn's layers over packed sequences and attention written down sentence by sentence.</summary>
public sealed class GoldenRecurrentTests
{
    private const int Begin = 1;
    private const int End = 2;

    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("recurrent_models.safetensors"));

    private static readonly int[][] _targets = [[12, 3, 5, 6], [7, 7, 11, 2, 10, 3, 4], [8]];

    private static GoldenFile File => _file.Value;

    private static TrainingBatch Batch => new(
        SequenceBatch.From([[5, 9, 10, 3, 7, End], [8, End], [4, 4, 6, 8, 3, 6, 9, 7, End]]),
        SequenceBatch.From([.. _targets.Select(target => (int[])[Begin, .. target])]),
        [.. _targets.SelectMany(target => (int[])[.. target, End])]);

    private static RecurrentModelOptions Bahdanau => new()
    {
        SourceVocabularySize = 11,
        TargetVocabularySize = 13,
        EmbeddingWidth = 6,
        Encoder = new RecurrentStackOptions { Width = 5 },
        Decoder = new RecurrentStackOptions { Width = 7 },
        Attention = new SourceAttentionOptions { Width = 4 },
        ReadoutWidth = 6,
        Dropout = 0,
    };

    private static RecurrentModelOptions Luong => Bahdanau with
    {
        Encoder = new RecurrentStackOptions { Cell = RecurrentCell.Lstm, Width = 6, Layers = 2 },
        Decoder = new RecurrentStackOptions { Cell = RecurrentCell.Lstm, Width = 6, Layers = 2 },
        Bidirectional = false,
        Bridge = Bridge.Copy,
        View = SourceView.AttentionAfter,
        Attention = new SourceAttentionOptions { Score = AttentionScore.General },
        InputFeeding = true,
        ReadoutSeesWord = false,
    };

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("luong")]
    public void States_logits_attention_loss_and_all_gradients_agree(string name)
    {
        using RecurrentModel model = Model(name);
        using var step = new Step(model.Parameters.Device);
        var trace = new PassTrace { WantsAttention = true };
        using (step.Begin(StepOptions.Inference))
        {
            EncodedSource memory = model.Encode(step, Batch.Source);
            Near($"{name}/states", memory.States);
            Near($"{name}/logits", model.Project(model.Decode(step, Batch.TargetInput, memory, trace)));
            CheckAttention(name, trace.Attention);
        }

        LossSums sums;
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            sums = new CrossEntropy(0.1f).Run(model, step, Batch);
        }

        GoldenFile.Close(File.Floats($"{name}/loss"), [(float)sums.Loss], $"{name}/loss");
        foreach ((string weight, Tensor gradient) in Gradients(model.Parameters))
        {
            Near($"{name}/gradient/{weight}", gradient);
        }
    }

    /// <summary>The losses are those that tools/golden/torch_recurrent_models.py prints for float64.</summary>
    [Theory]
    [InlineData("bahdanau", new[] { 2.613691, 2.552344, 2.495288, 2.441701, 2.390657, 2.341656, 2.294476, 2.248917, 2.204581, 2.160818 })]
    [InlineData("luong", new[] { 2.580897, 2.544346, 2.511504, 2.481665, 2.454365, 2.429356, 2.406437, 2.385371, 2.365872, 2.347615 })]
    public void Ten_updates_with_Adam_give_the_same_ten_losses(string name, double[] losses)
    {
        using RecurrentModel model = Model(name);
        using var step = new Step(model.Parameters.Device);
        var optimizer = new Adam(model.Parameters);
        var loss = new CrossEntropy(0.1f);
        foreach (double expected in losses)
        {
            LossSums sums;
            using (step.Begin(new StepOptions(RecordGradients: true)))
            {
                sums = loss.Run(model, step, Batch);
            }

            Assert.Equal(expected, sums.LossPerToken, 2e-5);
            optimizer.Update(0.01f, 1f / sums.Tokens);
        }
    }

    private static RecurrentModel Model(string name)
    {
        var model = new RecurrentModel(name == "luong" ? Luong : Bahdanau, seed: 1);
        foreach ((string weight, Shape shape) in model.Parameters.Names)
        {
            Assert.Equal(new Shape(File.Shape($"{name}/weights/{weight}")), shape);
            Assert.True(model.Parameters.TryGet(weight, out Tensor values));
            values.CopyFrom(File.Floats($"{name}/weights/{weight}"));
        }

        model.Parameters.MarkChanged();
        return model;
    }

    /// <summary>The script writes the weights of each row over its own sentence, end to end.</summary>
    private static void CheckAttention(string name, Tensor attention)
    {
        float[] all = attention.ToArray();
        int columns = attention.Shape.Width;
        var own = new List<float>();
        int row = 0;
        for (int i = 0; i < Batch.Count; i++)
        {
            for (int t = 0; t < Batch.TargetInput.Lengths[i]; t++, row++)
            {
                own.AddRange(all.AsSpan(row * columns, Batch.Source.Lengths[i]));
            }
        }

        GoldenFile.Close(File.Floats($"{name}/attention"), [.. own], $"{name}/attention", 5e-6);
    }

    private static IEnumerable<(string Name, Tensor Gradient)> Gradients(ParameterSet parameters) =>
        parameters.All.Select(parameter => (Assert.Single(parameter.Names), parameter.Gradient));

    private static void Near(string name, Tensor actual)
    {
        Assert.Equal(new Shape(File.Shape(name)), actual.Shape);
        GoldenFile.Close(File.Floats(name), actual.ToArray(), name, 5e-6);
    }
}
