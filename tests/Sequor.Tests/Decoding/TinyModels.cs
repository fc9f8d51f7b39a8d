using Sequor.Batching;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Layers;
using Sequor.Models;
using Sequor.Models.Transformer;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Decoding;

/// <summary>Small Transformers with weights that make strong opinions, and sentences for them.</summary>
internal static class TinyModels
{
    internal const int Begin = 0;
    internal const int End = 1;

    private const float EndStrength = 2.5f;

    internal static SpecialIds Special => new(Begin, End);

    /// <summary>A model whose fresh weights are made larger, so that its distributions are far from even.</summary>
    internal static TransformerModel Make(
        int vocabulary, ulong seed, int width = 16, int inner = 32, float strength = 2, PositionKind positions = PositionKind.Sinusoidal)
    {
        var model = new TransformerModel(
            new TransformerOptions
            {
                SourceVocabularySize = vocabulary,
                TargetVocabularySize = vocabulary,
                EncoderLayers = 2,
                DecoderLayers = 2,
                Positions = positions,
                Block = new BlockOptions { Width = width, FeedForwardWidth = inner, Heads = 4 },
            },
            seed);
        float[] weights = model.Parameters.Values.ToArray();
        model.Parameters.Values.CopyFrom([.. weights.Select(weight => strength * weight)]);

        // A row of its own size makes the end sign come soon in some sentences and late in others.
        model.Parameters.TryGet("embedding.weight", out Tensor table);
        float[] rows = table.ToArray();
        table.CopyFrom([.. rows.Select((value, i) => i / width == End ? EndStrength * value : value)]);
        model.Parameters.MarkChanged();
        return model;
    }

    /// <summary>Sentences of many lengths, each with its end sign.</summary>
    internal static int[][] Sentences(int count, int vocabulary, int longest, ulong seed) => [.. Enumerable.Range(0, count).Select(i =>
    {
        int length = 1 + (int)(Draw(seed, i, 0) * longest);
        return (int[])[.. Enumerable.Range(1, length).Select(place => 2 + (int)(Draw(seed, i, place) * (vocabulary - 2))), End];
    })];

    internal static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
        EncoderDecoder model, SearchOptions options, IReadOnlyList<int[]> sources, IReadOnlyList<long>? numbers = null,
        IReadOnlyList<int[]>? prefixes = null, SpecialIds? special = null, IReadOnlyList<IReadOnlyList<OutputConstraint>>? constraints = null)
    {
        using var step = new Step(model.Parameters.Device);
        return Searches.For(model, special ?? Special, options).Search(step, SequenceBatch.From(sources, numbers), prefixes, constraints);
    }

    /// <summary>log p of each piece of given outputs, and of the end sign behind them.</summary>
    internal static IReadOnlyList<float[]> Force(EncoderDecoder model, int[] source, IReadOnlyList<int[]> outputs)
    {
        using var step = new Step(model.Parameters.Device);
        return new ForcedDecoding(model).TokenLogProbabilities(step, new TrainingBatch(
            SequenceBatch.From([.. outputs.Select(_ => source)]),
            SequenceBatch.From([.. outputs.Select(output => (int[])[Begin, .. output])]),
            [.. outputs.SelectMany(output => (int[])[.. output, End])]));
    }

    internal static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static double Draw(ulong seed, int sentence, int place) =>
        RandomKeys.Uniform(RandomKeys.Mix(RandomKeys.Mix(seed, (ulong)sentence), (ulong)place));
}
