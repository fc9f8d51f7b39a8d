namespace Sequor.Benchmarks;

/// <summary>A product [M, K] x [K, N] as it occurs in training or decoding.</summary>
/// <param name="Use">Where it occurs.</param>
/// <param name="TransposeA">Whether the left-hand side is read as the transpose of what is stored.</param>
/// <param name="TransposeB">Whether the right-hand side is.</param>
/// <param name="M">Rows of the result.</param>
/// <param name="N">Columns of the result.</param>
/// <param name="K">Terms of each element.</param>
/// <param name="Batches">How many products of this shape are one piece of work.</param>
public sealed record GemmShape(string Use, bool TransposeA, bool TransposeB, int M, int N, int K, int Batches = 1)
{
    /// <summary>The shapes of a training step of a small Transformer, of attention, and of decoding.</summary>
    public static IReadOnlyList<GemmShape> All { get; } =
    [
        new("square", false, false, 1024, 1024, 1024),
        new("projection", false, false, 4000, 128, 128),
        new("query, key, value", false, false, 4000, 384, 128),
        new("feed-forward down", false, false, 4000, 128, 256),
        new("wider feed-forward", false, false, 4000, 1024, 256),
        new("gradient of input", false, true, 4000, 128, 384),
        new("logits", false, true, 256, 10000, 128),
        new("gradient of logits' input", false, false, 256, 128, 10000),
        new("gradient of embeddings", true, false, 10000, 128, 256),
        new("gradient of embeddings", true, false, 10000, 128, 1024),
        new("gradient of weights", true, false, 128, 384, 4000),
        new("gradient of weights", true, false, 128, 128, 4000),
        new("gradient of weights", true, false, 256, 1024, 4000),
        new("gradient of weights", true, false, 512, 2048, 4000),
        new("scores, length 10", false, true, 10, 10, 32, 1000),
        new("scores, length 14", false, true, 14, 14, 32, 1000),
        new("scores, length 40", false, true, 40, 40, 32, 200),
        new("values, length 10", false, false, 10, 32, 10, 1000),
        new("values, length 14", false, false, 14, 32, 14, 1000),
        new("values, length 40", false, false, 40, 32, 40, 200),
        new("decoding, one row", false, false, 1, 512, 512),
        new("decoding, one row", false, false, 1, 2048, 512),
        new("decoding, four rows", false, false, 4, 2048, 512),
    ];

    /// <summary>Multiplications and additions of one piece of work.</summary>
    public double Operations => 2.0 * M * N * K * Batches;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(TransposeA ? 'T' : 'N')}{(TransposeB ? 'T' : 'N')} {M}x{N}x{K}{(Batches > 1 ? FormattableString.Invariant($" x{Batches}") : "")}");
}
