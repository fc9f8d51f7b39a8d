using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sequor.Tensors.Cpu.Plain;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Sixteen floats; only where AVX-512 is.</summary>
internal readonly unsafe struct Floats16(Vector512<float> lanes) : IFloats<Floats16>
{
    private readonly Vector512<float> _lanes = lanes;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 OfDifference(int* from, int* less, int bits) =>
        new(Vector512.ConvertToSingle(Vector512.Load(from) - (Vector512.Load(less) << bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 LoadFirst(float* from, int count, Floats16 rest) =>
        new(Avx512F.MaskLoad(from, FirstLanes(count), rest._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 First(int count, Floats16 first, Floats16 rest) =>
        new(Vector512.ConditionalSelect(FirstLanes(count), first._lanes, rest._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _lanes.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* to, int count) => Avx512F.MaskStore(to, FirstLanes(count), _lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => new Floats8(_lanes.GetLower() + _lanes.GetUpper()).Sum();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Greatest() => new Floats8(Vector256.MaxNative(_lanes.GetLower(), _lanes.GetUpper())).Greatest();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator +(Floats16 left, Floats16 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator -(Floats16 left, Floats16 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator *(Floats16 left, Floats16 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator /(Floats16 left, Floats16 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 MultiplyAdd(Floats16 a, Floats16 b, Floats16 c) =>
        new(Vector512.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 SubtractProduct(Floats16 a, Floats16 b, Floats16 c) =>
        new(Vector512.FusedMultiplyAdd(-a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Sqrt(Floats16 x) => new(Vector512.Sqrt(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Abs(Floats16 x) => new(Vector512.Abs(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 WithSign(Floats16 x, Floats16 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._lanes, x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Round(Floats16 x) => new(Vector512.Round(x._lanes));

    // The native minimum and maximum of x86 give their second operand when one is NaN, those of ARM give NaN: x stands second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Clamp(Floats16 x, Floats16 low, Floats16 high) =>
        new(Vector512.MinNative(high._lanes, Vector512.MaxNative(low._lanes, x._lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Max(Floats16 left, Floats16 right) => new(Vector512.MaxNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 ScaleByPowerOfTwo(Floats16 x, Floats16 exponent) =>
        new(Avx512F.Scale(x._lanes, exponent._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Floats16 a, Floats16 b) => (uint)Vector512.GreaterThanOrEqual(a._lanes, b._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 WhereLessOrEqual(Floats16 a, Floats16 b, Floats16 yes, Floats16 no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a._lanes, b._lanes), yes._lanes, no._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float** rows, int column, out Floats16 first, out Floats16 second, out Floats16 third, out Floats16 fourth)
    {
        Vector512<float> v0 = EveryFourth(rows, column);
        Vector512<float> v1 = EveryFourth(rows + 1, column);
        Vector512<float> v2 = EveryFourth(rows + 2, column);
        Vector512<float> v3 = EveryFourth(rows + 3, column);
        Vector512<float> low01 = Avx512F.UnpackLow(v0, v1);
        Vector512<float> low23 = Avx512F.UnpackLow(v2, v3);
        Vector512<float> high01 = Avx512F.UnpackHigh(v0, v1);
        Vector512<float> high23 = Avx512F.UnpackHigh(v2, v3);
        first = new(Avx512F.Shuffle(low01, low23, 0x44));
        second = new(Avx512F.Shuffle(low01, low23, 0xEE));
        third = new(Avx512F.Shuffle(high01, high23, 0x44));
        fourth = new(Avx512F.Shuffle(high01, high23, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Places(uint start, uint step) =>
        new((Vector512.Create(start) + (Vector512<uint>.Indices * Vector512.Create(step))).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Advance(Floats16 places, uint by) =>
        new((places._lanes.AsUInt32() + Vector512.Create(by)).AsSingle());

    // The same mixing as CounterHash.At.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Kept(Floats16 places, uint threshold, float scale)
    {
        Vector512<uint> x = places._lanes.AsUInt32();
        x = (x ^ (x >>> 16)) * Vector512.Create(CounterHash.FirstMultiplier);
        x = (x ^ (x >>> 15)) * Vector512.Create(CounterHash.SecondMultiplier);
        x ^= x >>> 16;
        Vector512<float> kept = Vector512.GreaterThanOrEqual(x, Vector512.Create(threshold)).AsSingle();
        return new(Vector512.ConditionalSelect(kept, Vector512.Create(scale), Vector512<float>.Zero));
    }

    /// <summary>Four numbers of each fourth row, so that the shuffles, which stay within 128 bits, leave the rows in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> EveryFourth(float** rows, int column)
    {
        Vector256<float> lower = Vector256.Create(Vector128.Load(rows[0] + column), Vector128.Load(rows[4] + column));
        Vector256<float> upper = Vector256.Create(Vector128.Load(rows[8] + column), Vector128.Load(rows[12] + column));
        return lower.ToVector512Unsafe().WithUpper(upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstLanes(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
