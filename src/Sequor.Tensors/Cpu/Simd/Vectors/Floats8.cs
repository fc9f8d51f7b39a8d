using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sequor.Tensors.Cpu.Plain;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Eight floats; only where AVX2 and FMA are.</summary>
internal readonly unsafe struct Floats8(Vector256<float> lanes) : IFloats<Floats8>
{
    private readonly Vector256<float> _lanes = lanes;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Of(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 OfDifference(int* from, int* less, int bits) =>
        new(Vector256.ConvertToSingle(Vector256.Load(from) - (Vector256.Load(less) << bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 LoadFirst(float* from, int count, Floats8 rest)
    {
        Vector256<float> first = FirstLanes(count);
        return new(Vector256.ConditionalSelect(first, Avx.MaskLoad(from, first), rest._lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 First(int count, Floats8 first, Floats8 rest) =>
        new(Vector256.ConditionalSelect(FirstLanes(count), first._lanes, rest._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _lanes.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* to, int count) => Avx.MaskStore(to, FirstLanes(count), _lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => new Floats4(_lanes.GetLower() + _lanes.GetUpper()).Sum();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Greatest() => new Floats4(Vector128.MaxNative(_lanes.GetLower(), _lanes.GetUpper())).Greatest();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator +(Floats8 left, Floats8 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator -(Floats8 left, Floats8 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator *(Floats8 left, Floats8 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator /(Floats8 left, Floats8 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 MultiplyAdd(Floats8 a, Floats8 b, Floats8 c) =>
        new(Vector256.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 SubtractProduct(Floats8 a, Floats8 b, Floats8 c) =>
        new(Vector256.FusedMultiplyAdd(-a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Sqrt(Floats8 x) => new(Vector256.Sqrt(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Abs(Floats8 x) => new(Vector256.Abs(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 WithSign(Floats8 x, Floats8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign._lanes, x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Round(Floats8 x) => new(Vector256.Round(x._lanes));

    // The native minimum and maximum of x86 give their second operand when one is NaN, those of ARM give NaN: x stands second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Clamp(Floats8 x, Floats8 low, Floats8 high) =>
        new(Vector256.MinNative(high._lanes, Vector256.MaxNative(low._lanes, x._lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Max(Floats8 left, Floats8 right) => new(Vector256.MaxNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 ScaleByPowerOfTwo(Floats8 x, Floats8 exponent)
    {
        // In two steps, because one power of two does not reach from the smallest denormal to the greatest number.
        Vector256<int> whole = Vector256.ConvertToInt32Native(exponent._lanes);
        Vector256<int> half = whole >> 1;
        return new(x._lanes * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Floats8 a, Floats8 b) => Vector256.GreaterThanOrEqual(a._lanes, b._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 WhereLessOrEqual(Floats8 a, Floats8 b, Floats8 yes, Floats8 no) =>
        new(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a._lanes, b._lanes), yes._lanes, no._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float** rows, int column, out Floats8 first, out Floats8 second, out Floats8 third, out Floats8 fourth)
    {
        // Each row beside the fourth after it, so that the shuffles, which stay within 128 bits, leave the rows in order.
        Vector256<float> v0 = Vector256.Create(Vector128.Load(rows[0] + column), Vector128.Load(rows[4] + column));
        Vector256<float> v1 = Vector256.Create(Vector128.Load(rows[1] + column), Vector128.Load(rows[5] + column));
        Vector256<float> v2 = Vector256.Create(Vector128.Load(rows[2] + column), Vector128.Load(rows[6] + column));
        Vector256<float> v3 = Vector256.Create(Vector128.Load(rows[3] + column), Vector128.Load(rows[7] + column));
        Vector256<float> low01 = Avx.UnpackLow(v0, v1);
        Vector256<float> low23 = Avx.UnpackLow(v2, v3);
        Vector256<float> high01 = Avx.UnpackHigh(v0, v1);
        Vector256<float> high23 = Avx.UnpackHigh(v2, v3);
        first = new(Avx.Shuffle(low01, low23, 0x44));
        second = new(Avx.Shuffle(low01, low23, 0xEE));
        third = new(Avx.Shuffle(high01, high23, 0x44));
        fourth = new(Avx.Shuffle(high01, high23, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Places(uint start, uint step) =>
        new((Vector256.Create(start) + (Vector256<uint>.Indices * Vector256.Create(step))).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Advance(Floats8 places, uint by) =>
        new((places._lanes.AsUInt32() + Vector256.Create(by)).AsSingle());

    // The same mixing as CounterHash.At.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Kept(Floats8 places, uint threshold, float scale)
    {
        Vector256<uint> x = places._lanes.AsUInt32();
        x = (x ^ (x >>> 16)) * Vector256.Create(CounterHash.FirstMultiplier);
        x = (x ^ (x >>> 15)) * Vector256.Create(CounterHash.SecondMultiplier);
        x ^= x >>> 16;
        Vector256<float> kept = Vector256.GreaterThanOrEqual(x, Vector256.Create(threshold)).AsSingle();
        return new(Vector256.ConditionalSelect(kept, Vector256.Create(scale), Vector256<float>.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FirstLanes(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) =>
        ((exponent + Vector256.Create(127)) << 23).AsSingle();
}
