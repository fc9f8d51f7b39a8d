using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Functions of which .NET has no vector form that is fast and accurate enough. NaN gives NaN.</summary>
internal static class Functions
{
    // Below this e^x rounds to 0, above the other to infinity.
    private const float ExpLow = -104f;
    private const float ExpHigh = 89f;
    private const float Log2OfE = 1.44269504f;

    // ln 2 in two parts (Cody and Waite 1980): the first has so few bits that its product with a whole number below 2^9 is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Below this the quotient form of tanh would lose digits to cancellation.
    private const float TanhSmall = 0.6f;

    /// <summary>e^x, within 1.1 units in the last place; gradual underflow, infinity beyond 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Exp<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        x = TFloats.Clamp(x, TFloats.Of(ExpLow), TFloats.Of(ExpHigh));
        TFloats n = TFloats.Round(x * TFloats.Of(Log2OfE));
        TFloats r = TFloats.SubtractProduct(n, TFloats.Of(Ln2High), x);
        r = TFloats.SubtractProduct(n, TFloats.Of(Ln2Low), r);

        // e^r = 1 + r + r² q(r) on |r| ≤ ln 2 / 2: minimax by Remez's method, relative error 0.05 × 2^-24 before rounding.
        TFloats q = TFloats.Of(0.0013814602f);
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.0083687152f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.041668388f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.16666521f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.49999993f));
        TFloats p = TFloats.MultiplyAdd(r * r, q, r) + TFloats.Of(1);
        return TFloats.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Sigmoid<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.Of(1) / (TFloats.Of(1) + Exp(TFloats.Of(0) - x));

    /// <summary>The hyperbolic tangent, with small arguments kept to their last digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Tanh<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats size = TFloats.Abs(x);
        TFloats large = TFloats.Of(1) - (TFloats.Of(2) / (Exp(size + size) + TFloats.Of(1)));

        // tanh x = x + x³ p(x²) on |x| ≤ 0.6: minimax by Remez's method, relative error 0.05 × 2^-24 before rounding.
        TFloats z = x * x;
        TFloats p = TFloats.Of(-0.0058951582f);
        p = TFloats.MultiplyAdd(p, z, TFloats.Of(0.020795972f));
        p = TFloats.MultiplyAdd(p, z, TFloats.Of(-0.05378383f));
        p = TFloats.MultiplyAdd(p, z, TFloats.Of(0.13331924f));
        p = TFloats.MultiplyAdd(p, z, TFloats.Of(-0.33333298f));
        TFloats small = TFloats.MultiplyAdd(p * z, x, x);
        return TFloats.WhereLessOrEqual(size, TFloats.Of(TanhSmall), small, TFloats.WithSign(large, x));
    }
}
