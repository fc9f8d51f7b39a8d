namespace Sequor.Benchmarks;

/// <summary>
/// The products of the three models that are compared with other toolkits, on Multi30k in batches of at most 4,096 padded target tokens: about 3,400 rows,
/// as many as the sentences really have, and so rarely a multiple of anything.
/// </summary>
internal static class GemmShapes
{
    private const int Rows = 3397;
    private const int ChunkRows = 243;
    private const int Classes = 10_000;

    internal static IEnumerable<GemmShape> General { get; } = [new("square", false, false, 1024, 1024, 1024)];

    /// <summary>transformer-tiny: width 128, feed-forward 256.</summary>
    internal static IEnumerable<GemmShape> Tiny { get; } =
    [
        .. Layer("query, key, value", 128, 384),
        .. Layer("attention output", 128, 128),
        .. Layer("feed-forward up", 128, 256),
        .. Layer("feed-forward down", 256, 128),
        .. Loss(128),
    ];

    /// <summary>transformer-small: width 256, feed-forward 1,024.</summary>
    internal static IEnumerable<GemmShape> Small { get; } =
    [
        .. Layer("query, key, value", 256, 768),
        .. Layer("attention output", 256, 256),
        .. Layer("keys and values", 256, 512),
        .. Layer("feed-forward up", 256, 1024),
        .. Layer("feed-forward down", 1024, 256),
        .. Loss(256),
    ];

    /// <summary>A recurrent model of width 256: all inputs at once, then one position of all sentences after the other.</summary>
    internal static IEnumerable<GemmShape> Recurrent { get; } =
    [
        .. Layer("cell, context input", 768, 1024),
        .. Layer("readout", 768, 256),
        .. from sentences in new[] { 20, 60, 150, 300 }
           from width in new[] { 256, 768 }
           from shape in Step(sentences, width)
           select shape,
        new("weights of a short batch", true, false, 1024, 256, 300),
        new("weights of a short batch", true, false, 1024, 768, 300),
    ];

    /// <summary>One head of one sentence, queries and keys of a length each; 32 numbers per head.</summary>
    internal static IEnumerable<GemmShape> Attention { get; } =
    [
        .. from length in new[] { 10, 14, 20, 40 }
           from shape in Head(length, 10_000 / length)
           select shape,
    ];

    internal static IEnumerable<GemmShape> Decoding { get; } =
    [
        new("decoding, one row", false, false, 1, 512, 512),
        new("decoding, one row", false, false, 1, 2048, 512),
        new("decoding, four rows", false, false, 4, 2048, 512),
        new("decoding, a beam of 5", false, true, 5, 10_000, 128) { UsesPackedWeight = true },
    ];

    private static IEnumerable<GemmShape> Layer(string use, int input, int output) =>
    [
        new(use, false, true, Rows, output, input) { UsesPackedWeight = true },
        new($"gradient of input: {use}", false, false, Rows, input, output),
        new($"gradient of weight: {use}", true, false, output, input, Rows),
    ];

    private static IEnumerable<GemmShape> Loss(int width) =>
    [
        new("logits", false, true, ChunkRows, Classes, width) { UsesPackedWeight = true },
        new("gradient of logits' input", false, false, ChunkRows, width, Classes),
        new("gradient of embeddings", true, false, Classes, width, ChunkRows),
    ];

    private static IEnumerable<GemmShape> Step(int sentences, int width) =>
    [
        new("recurrent step", false, true, sentences, 1024, width) { UsesPackedWeight = true },
        new("gradient of recurrent step", false, false, sentences, width, 1024),
    ];

    private static IEnumerable<GemmShape> Head(int length, int heads) =>
    [
        new("scores, and their gradient", false, true, length, length, 32, heads),
        new("values; gradient of queries", false, false, length, 32, length, heads),
        new("gradient of keys, of values", true, false, length, 32, length, heads),
    ];
}
