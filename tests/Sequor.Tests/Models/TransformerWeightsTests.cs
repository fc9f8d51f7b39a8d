using Sequor.Layers;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Models;

/// <summary>The names of weights are a file format: a change here makes every saved model unreadable.</summary>
public sealed class TransformerWeightsTests
{
    private const string Norm = "weight [8]|bias [8]";
    private const string Square = "weight [8, 8]|bias [8]";

    [Fact]
    public void A_transformer_of_one_and_one_layers_stores_these_weights()
    {
        using var model = new TransformerModel(Options(), 1);
        string[] expected =
        [
            "embedding.weight [20, 8]",
            .. Attention("encoder.layers.0.self_attention"), .. Of("encoder.layers.0.self_attention_norm", Norm),
            .. FeedForward("encoder.layers.0.feed_forward"), .. Of("encoder.layers.0.feed_forward_norm", Norm),
            .. Of("encoder.norm", Norm),
            .. Attention("decoder.layers.0.self_attention"), .. Of("decoder.layers.0.self_attention_norm", Norm),
            .. Attention("decoder.layers.0.cross_attention"), .. Of("decoder.layers.0.cross_attention_norm", Norm),
            .. FeedForward("decoder.layers.0.feed_forward"), .. Of("decoder.layers.0.feed_forward_norm", Norm),
            .. Of("decoder.norm", Norm),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Names(model).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Options_add_and_remove_weights_by_name()
    {
        using var model = new TransformerModel(
            Options() with
            {
                TieEmbeddings = EmbeddingTying.None,
                Positions = PositionKind.Learned,
                MaxPositions = 5,
                Block = Options().Block with { Gated = true, Norm = NormKind.Rms, NormalizeFirst = false },
            }, 1);
        string[] names = Names(model);
        Assert.All(
            (string[])["encoder.embedding.weight [20, 8]", "decoder.embedding.weight [20, 8]", "output.weight [20, 8]",
                "encoder.positions.weight [5, 8]", "decoder.positions.weight [5, 8]",
                "encoder.layers.0.feed_forward.gate.weight [12, 8]", "encoder.layers.0.feed_forward.gate.bias [12]",
                "encoder.layers.0.self_attention_norm.weight [8]"],
            name => Assert.Contains(name, names));
        Assert.All(
            (string[])["embedding.weight [20, 8]", "encoder.layers.0.self_attention_norm.bias [8]", "encoder.norm.weight [8]", "decoder.norm.weight [8]"],
            name => Assert.DoesNotContain(name, names));
    }

    [Fact]
    public void Every_fault_of_a_shape_is_named()
    {
        TransformerOptions options = Options() with
        {
            EncoderLayers = 0,
            TargetVocabularySize = 21,
            Block = new BlockOptions { Width = 10, Heads = 4, FeedForwardWidth = 0, Dropout = 1, AttentionDropout = float.NaN },
        };
        Assert.Equal(6, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new TransformerModel(options, 1));
    }

    private static TransformerOptions Options() => new()
    {
        SourceVocabularySize = 20,
        TargetVocabularySize = 20,
        EncoderLayers = 1,
        DecoderLayers = 1,
        Block = new BlockOptions { Width = 8, FeedForwardWidth = 12, Heads = 2 },
    };

    private static string[] Names(TransformerModel model) => [.. model.Parameters.Names.Select(entry => $"{entry.Name} {entry.Shape}")];

    private static IEnumerable<string> Of(string part, string weights) => weights.Split('|').Select(weight => $"{part}.{weight}");

    private static IEnumerable<string> Attention(string part) =>
        ((string[])["query", "key", "value", "output"]).SelectMany(name => Of($"{part}.{name}", Square));

    private static IEnumerable<string> FeedForward(string part) =>
        [.. Of($"{part}.input", "weight [12, 8]|bias [12]"), .. Of($"{part}.output", "weight [8, 12]|bias [8]")];
}
