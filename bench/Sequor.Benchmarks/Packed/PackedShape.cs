using System.Globalization;

namespace Sequor.Benchmarks.Packed;

/// <summary>Weights that one step of decoding multiplies by, one after the other: a single one, or all of a model.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Weights">Outputs N and terms K of each.</param>
internal sealed record PackedShape(string Name, IReadOnlyList<(int N, int K)> Weights)
{
    /// <summary>Weights of the three models that are compared with other programs, and all products of a step of each: what a step takes at least.</summary>
    internal static IEnumerable<PackedShape> All { get; } =
    [
        One(128, 128),
        One(512, 512),
        One(2048, 512),
        One(512, 2048),
        One(32_000, 512),
        One(1024, 256),
        One(10_000, 256),
        One(10_000, 128),
        Model("base, a step", layers: 6, width: 512, inner: 2048, vocabulary: 32_000),
        Model("small, a step", layers: 3, width: 256, inner: 1024, vocabulary: 10_000),
        Model("tiny, a step", layers: 4, width: 128, inner: 512, vocabulary: 10_000),
    ];

    /// <summary>Weights in all.</summary>
    internal long Count => Weights.Sum(weight => (long)weight.N * weight.K);

    private static PackedShape One(int n, int k) => new(string.Create(CultureInfo.InvariantCulture, $"{k} × {n}"), [(n, k)]);

    /// <summary>A decoder: query, key, value in one; output; query and output of the attention to the source; feed-forward; the vocabulary.</summary>
    private static PackedShape Model(string name, int layers, int width, int inner, int vocabulary) => new(name,
    [
        .. Enumerable.Repeat<(int, int)[]>(
            [(3 * width, width), (width, width), (width, width), (width, width), (inner, width), (width, inner)], layers).SelectMany(layer => layer),
        (vocabulary, width),
    ]);
}
