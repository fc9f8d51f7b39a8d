using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Models.Recurrent;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tests.Models.Recurrent;

namespace Sequor.Tests.Decoding;

/// <summary>What each head of each layer looks at, against what decoding records and against what the weights say.</summary>
public sealed class AttentionMapsTests
{
    private static readonly int[] _source = [5, 9, 3, 12, 7, TinyModels.End];

    [Fact]
    public void The_mean_of_the_last_layers_heads_is_what_decoding_records()
    {
        using TransformerModel model = TinyModels.Make(30, 3);
        Hypothesis output = TinyModels.Search(model, new GreedySearchOptions { RecordAttention = true }, [_source])[0][0];

        IReadOnlyList<float[][][]> layers = Read(model, output.Ids);

        Assert.Equal(2, layers.Count);
        foreach (float[][][] layer in layers)
        {
            Assert.Equal(4, layer.Length);
            Assert.All(layer, head => Assert.Equal(output.Ids.Length + 1, head.Length));
            Assert.All(layer.SelectMany(head => head), row => Assert.Equal(_source.Length, row.Length));
            Assert.All(layer.SelectMany(head => head), row => Assert.Equal(1, row.Sum(), 1e-5));
        }

        AssertNear(output.Attention, Mean(layers[1]));
        Assert.NotEqual(Mean(layers[0])[0][0], Mean(layers[1])[0][0], 1e-3);
    }

    [Theory]
    [InlineData("bahdanau")]
    [InlineData("luong")]
    public void The_one_attention_of_a_recurrent_model_is_what_decoding_records(string variant)
    {
        using var model = new RecurrentModel(RecurrentVariants.Of(variant, 30), 7);
        Hypothesis output = TinyModels.Search(
            model, new GreedySearchOptions { RecordAttention = true, Length = new LengthLimits { Minimum = 4, Maximum = 6 } }, [_source])[0][0];

        IReadOnlyList<float[][][]> layers = Read(model, output.Ids);

        AssertNear(output.Attention, Mean(Assert.Single(layers)));
    }

    [Fact]
    public void A_model_without_attention_tells_none()
    {
        using var model = new RecurrentModel(RecurrentVariants.Of("cho", 30), 7);
        Assert.Empty(Read(model, [4, 5]));
    }

    [Fact]
    public void A_head_whose_queries_are_nothing_looks_everywhere_alike_and_no_other_does()
    {
        const int Layer = 1;
        const int Head = 2;
        const int HeadWidth = 4;
        using TransformerModel model = TinyModels.Make(30, 3);
        Clear(model, $"decoder.layers.{Layer}.cross_attention.query.weight", Head * HeadWidth * 16, HeadWidth * 16);
        Clear(model, $"decoder.layers.{Layer}.cross_attention.query.bias", Head * HeadWidth, HeadWidth);

        IReadOnlyList<float[][][]> layers = Read(model, [4, 5, 6]);

        for (int layer = 0; layer < layers.Count; layer++)
        {
            for (int head = 0; head < layers[layer].Length; head++)
            {
                bool isEven = layers[layer][head].SelectMany(row => row).All(share => Math.Abs(share - (1f / _source.Length)) < 1e-6);
                Assert.Equal((layer, head) == (Layer, Head), isEven);
            }
        }
    }

    private static void Clear(EncoderDecoder model, string name, int first, int count)
    {
        Assert.True(model.Parameters.TryGet(name, out Tensor weights), name);
        float[] values = weights.ToArray();
        values.AsSpan(first, count).Clear();
        weights.CopyFrom(values);
        model.Parameters.MarkChanged();
    }

    private static IReadOnlyList<float[][][]> Read(EncoderDecoder model, int[] output)
    {
        using var step = new Step(model.Parameters.Device);
        return new ForcedDecoding(model).Attention(
            step, new TrainingBatch(SequenceBatch.From([_source]), SequenceBatch.From([[TinyModels.Begin, .. output]]), [.. output, TinyModels.End]));
    }

    private static float[][] Mean(float[][][] heads) => [.. Enumerable.Range(0, heads[0].Length).Select(
        row => (float[])[.. Enumerable.Range(0, heads[0][0].Length).Select(column => heads.Average(head => head[row][column]))])];

    private static void AssertNear(IReadOnlyList<float[]> expected, float[][] actual)
    {
        for (int row = 0; row < expected.Count; row++)
        {
            for (int column = 0; column < expected[row].Length; column++)
            {
                Assert.Equal(expected[row][column], actual[row][column], 1e-5f);
            }
        }
    }
}
