using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Functions of which .NET has no vector form that is fast and accurate enough. NaN gives NaN.</summary>
internal static class Functions
{
    // Below this e^x rounds to 0, above the other to infinity.
    private const float ExpLow = -104f;

    // Above this it is no subnormal number.
    private const float ExpNormal = -87f;
    private const float ExpHigh = 89f;
    private const float Log2OfE = 1.44269504f;

    // ln 2 in two parts (Cody and Waite 1980): the first has so few bits that its product with a whole number below 2^9 is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Beyond half of this tanh rounds to 1, and e^this + 2 to e^this.
    private const float TanhHigh = 20f;

    /// <summary>e^x, within 1.1 units in the last place; gradual underflow, infinity beyond 88.72.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Exp<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats p = Exp1(TFloats.Clamp(x, TFloats.Of(ExpLow), TFloats.Of(ExpHigh)), out TFloats n) + TFloats.Of(1);
        return TFloats.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>As <see cref="Exp"/>, but never below e^-87, which is the least that is no subnormal number: making those takes ten times as long. For terms of a sum
    /// whose greatest is 1, where so little adds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats ExpOfTerm<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats p = Exp1(TFloats.Clamp(x, TFloats.Of(ExpNormal), TFloats.Of(ExpHigh)), out TFloats n) + TFloats.Of(1);
        return TFloats.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Sigmoid<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.Of(1) / (TFloats.Of(1) + Exp(TFloats.Of(0) - x));

    /// <summary>The hyperbolic tangent, within 2.5 units in the last place, small arguments included: with m = e^2|x| - 1 it is m / (m + 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Tanh<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats size = TFloats.Abs(x);
        TFloats p = Exp1(TFloats.Clamp(size + size, default, TFloats.Of(TanhHigh)), out TFloats n);
        TFloats scale = TFloats.ScaleByPowerOfTwo(TFloats.Of(1), n);

        // 2^n (1 + p) - 1 without the rounding of 1 + p, which would cost small arguments their digits.
        TFloats m = TFloats.MultiplyAdd(scale, p, scale - TFloats.Of(1));
        return TFloats.WithSign(m / (m + TFloats.Of(2)), x);
    }

    /// <summary>e^x = 2^n (1 + p) with |x - n ln 2| ≤ ln 2 / 2: gives p and n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Exp1<TFloats>(TFloats x, out TFloats n)
        where TFloats : struct, IFloats<TFloats>
    {
        n = TFloats.Round(x * TFloats.Of(Log2OfE));
        TFloats r = TFloats.SubtractProduct(n, TFloats.Of(Ln2High), x);
        r = TFloats.SubtractProduct(n, TFloats.Of(Ln2Low), r);

        // e^r = 1 + r + r² q(r) on |r| ≤ ln 2 / 2: minimax by Remez's method, relative error 0.05 × 2^-24 before rounding.
        TFloats q = TFloats.Of(0.0013814602f);
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.0083687152f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.041668388f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.16666521f));
        q = TFloats.MultiplyAdd(q, r, TFloats.Of(0.49999993f));
        return TFloats.MultiplyAdd(r * r, q, r);
    }
}
