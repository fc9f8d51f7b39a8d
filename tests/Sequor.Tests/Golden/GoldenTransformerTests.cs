using Sequor.Batching;
using Sequor.Layers;
using Sequor.Losses;
using Sequor.Models;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tests.Golden;

/// <summary>A whole Transformer agrees with one that is put together from torch.nn's layers and works on padded batches with masks.</summary>
public sealed class GoldenTransformerTests
{
    private const int Begin = 1;
    private const int End = 2;

    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("transformer.safetensors"));

    private static readonly int[][] _targets = [[12, 3, 25, 6], [7, 7, 16, 22, 10, 27, 14], [18]];

    private static GoldenFile File => _file.Value;

    private static TrainingBatch Batch => new(
        SequenceBatch.From([[5, 9, 28, 3, 17, End], [11, End], [4, 4, 21, 8, 13, 6, 19, 7, End]]),
        SequenceBatch.From([.. _targets.Select(target => (int[])[Begin, .. target])]),
        [.. _targets.SelectMany(target => (int[])[.. target, End])]);

    public static TheoryData<bool, EmbeddingTying> Cases => new()
    {
        { true, EmbeddingTying.All },
        { true, EmbeddingTying.Decoder },
        { true, EmbeddingTying.None },
        { false, EmbeddingTying.All },
        { false, EmbeddingTying.Decoder },
        { false, EmbeddingTying.None },
    };

    [Theory, MemberData(nameof(Cases))]
    public void States_logits_loss_and_all_gradients_agree(bool normalizeFirst, EmbeddingTying tying)
    {
        string name = $"{(normalizeFirst ? "pre" : "post")}.{tying.ToString().ToLowerInvariant()}";
        using TransformerModel model = Model(normalizeFirst, tying);
        using var step = new Step(model.Parameters.Device);
        using (step.Begin(StepOptions.Inference))
        {
            EncodedSource memory = model.Encode(step, Batch.Source);
            Tensor logits = model.Project(model.Decode(step, Batch.TargetInput, memory));
            Near($"{name}/states", memory.States);
            Near($"{name}/logits", logits);
        }

        LossSums sums;
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            sums = new CrossEntropy(0.1f).Run(model, step, Batch);
        }

        GoldenFile.Close(File.Floats($"{name}/loss"), [(float)sums.Loss], $"{name}/loss");
        CheckGradients(name, model.Parameters);
    }

    /// <summary>The losses are those that tools/golden/torch_transformer.py prints for float64.</summary>
    [Theory]
    [InlineData(true, new[] { 4.265674, 3.497456, 3.096830, 2.805214, 2.624488, 2.472207, 2.310599, 2.148700, 2.024010, 1.866917 })]
    [InlineData(false, new[] { 4.117271, 3.412994, 3.074119, 2.839998, 2.683791, 2.579439, 2.501475, 2.426457, 2.361902, 2.303112 })]
    public void Ten_updates_with_Adam_give_the_same_ten_losses(bool normalizeFirst, double[] losses)
    {
        using TransformerModel model = Model(normalizeFirst, EmbeddingTying.All);
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

            Assert.Equal(15, sums.Tokens);
            Assert.Equal(expected, sums.LossPerToken, 2e-5);
            optimizer.Update(0.01f, 1f / sums.Tokens);
        }
    }

    private static TransformerModel Model(bool normalizeFirst, EmbeddingTying tying)
    {
        var model = new TransformerModel(
            new TransformerOptions
            {
                SourceVocabularySize = 29,
                TargetVocabularySize = 29,
                EncoderLayers = 2,
                DecoderLayers = 2,
                TieEmbeddings = tying,
                Block = new BlockOptions
                {
                    Width = 16,
                    FeedForwardWidth = 32,
                    Heads = 4,
                    Dropout = 0,
                    NormalizeFirst = normalizeFirst,
                    Activation = tying == EmbeddingTying.All ? Activation.Relu : Activation.Gelu,
                },
            },
            seed: 1);
        foreach ((string name, Shape shape) in model.Parameters.Names)
        {
            Assert.Equal(new Shape(File.Shape($"weights/{name}")), shape);
            Assert.True(model.Parameters.TryGet(name, out Tensor weights));
            weights.CopyFrom(File.Floats($"weights/{name}"));
        }

        model.Parameters.MarkChanged();
        return model;
    }

    private static void Near(string name, Tensor actual)
    {
        Assert.Equal(new Shape(File.Shape(name)), actual.Shape);
        GoldenFile.Close(File.Floats(name), actual.ToArray(), name, 5e-6);
    }

    private static void CheckGradients(string name, ParameterSet parameters)
    {
        var compared = new HashSet<string>();
        foreach (Parameter parameter in parameters.All)
        {
            float[] gradient = parameter.Gradient.ToArray();
            int length = gradient.Length / parameter.Names.Count;
            for (int i = 0; i < parameter.Names.Count; i++)
            {
                string part = $"{name}/gradient/{parameter.Names[i]}";
                compared.Add(part);

                // The gradient of a key's bias is exactly zero, because softmax does not see what all scores share: both sides give rounding errors.
                if (part.EndsWith(".key.bias", StringComparison.Ordinal))
                {
                    Assert.InRange(gradient[(i * length)..((i + 1) * length)].Max(Math.Abs), 0, 1e-5f);
                    continue;
                }

                GoldenFile.Close(File.Floats(part), gradient.AsSpan(i * length, length), part, 1e-5);
            }
        }

        Assert.Equal(File.Names.Where(stored => stored.StartsWith($"{name}/gradient/", StringComparison.Ordinal)).Order(), compared.Order());
    }
}
