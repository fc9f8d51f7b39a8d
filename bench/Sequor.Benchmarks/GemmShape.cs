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
    /// <summary>Every product of the three compared models, of attention, of decoding, and a square one to compare machines with.</summary>
    public static IReadOnlyList<GemmShape> All { get; } =
        [.. Once(GemmShapes.General, GemmShapes.Tiny, GemmShapes.Small, GemmShapes.Recurrent, GemmShapes.Attention, GemmShapes.Decoding)];

    /// <summary>Multiplications and additions of one piece of work.</summary>
    public double Operations => 2.0 * M * N * K * Batches;

    /// <summary>Whether the right-hand side is a weight's transpose, which training packs once for each update.</summary>
    public bool UsesPackedWeight { get; init; }

    /// <summary>Whether the product is added to what is there, as gradients of weights are.</summary>
    public bool Accumulates => TransposeA;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(TransposeA ? 'T' : 'N')}{(TransposeB ? 'T' : 'N')} {M}x{N}x{K}{(Batches > 1 ? FormattableString.Invariant($" x{Batches}") : "")}");

    /// <summary>A shape that several models share is measured once, under its first name.</summary>
    private static IEnumerable<GemmShape> Once(params IEnumerable<GemmShape>[] groups) => groups.SelectMany(group => group).DistinctBy(shape => shape.ToString());
}
