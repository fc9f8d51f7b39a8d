using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sequor.Tensors.Cpu.Plain;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Four floats, on every processor.</summary>
internal readonly unsafe struct Floats4(Vector128<float> lanes) : IFloats<Floats4>
{
    private readonly Vector128<float> _lanes = lanes;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Of(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Load(float* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 OfDifference(int* from, int* less, int bits) =>
        new(Vector128.ConvertToSingle(Vector128.Load(from) - (Vector128.Load(less) << bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 LoadFirst(float* from, int count, Floats4 rest)
    {
        Vector128<float> first = FirstLanes(count);
        if (Avx.IsSupported)
        {
            return new(Vector128.ConditionalSelect(first, Avx.MaskLoad(from, first), rest._lanes));
        }

        Vector128<float> lanes = rest._lanes;
        for (int lane = 0; lane < count; lane++)
        {
            lanes = lanes.WithElement(lane, from[lane]);
        }

        return new(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 First(int count, Floats4 first, Floats4 rest) =>
        new(Vector128.ConditionalSelect(FirstLanes(count), first._lanes, rest._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _lanes.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(float* to, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            to[lane] = _lanes.GetElement(lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum()
    {
        Vector128<float> pairs = _lanes + Vector128.Shuffle(_lanes, Vector128.Create(2, 3, 0, 1));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Greatest()
    {
        Vector128<float> pairs = Vector128.MaxNative(_lanes, Vector128.Shuffle(_lanes, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator +(Floats4 left, Floats4 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator -(Floats4 left, Floats4 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator *(Floats4 left, Floats4 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 operator /(Floats4 left, Floats4 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 MultiplyAdd(Floats4 a, Floats4 b, Floats4 c) =>
        new(Vector128.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 SubtractProduct(Floats4 a, Floats4 b, Floats4 c) =>
        new(Vector128.FusedMultiplyAdd(-a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Sqrt(Floats4 x) => new(Vector128.Sqrt(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Abs(Floats4 x) => new(Vector128.Abs(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 WithSign(Floats4 x, Floats4 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign._lanes, x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Round(Floats4 x) => new(Vector128.Round(x._lanes));

    // The native minimum and maximum of x86 give their second operand when one is NaN, those of ARM give NaN: x stands second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Clamp(Floats4 x, Floats4 low, Floats4 high) =>
        new(Vector128.MinNative(high._lanes, Vector128.MaxNative(low._lanes, x._lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Max(Floats4 left, Floats4 right) => new(Vector128.MaxNative(left._lanes, right._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 ScaleByPowerOfTwo(Floats4 x, Floats4 exponent)
    {
        // In two steps, because one power of two does not reach from the smallest denormal to the greatest number.
        Vector128<int> whole = Vector128.ConvertToInt32Native(exponent._lanes);
        Vector128<int> half = whole >> 1;
        return new(x._lanes * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtLeast(Floats4 a, Floats4 b) => Vector128.GreaterThanOrEqual(a._lanes, b._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 WhereLessOrEqual(Floats4 a, Floats4 b, Floats4 yes, Floats4 no) =>
        new(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a._lanes, b._lanes), yes._lanes, no._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(float** rows, int column, out Floats4 first, out Floats4 second, out Floats4 third, out Floats4 fourth)
    {
        float* a = rows[0] + column;
        float* b = rows[1] + column;
        float* c = rows[2] + column;
        float* d = rows[3] + column;
        first = new(Vector128.Create(a[0], b[0], c[0], d[0]));
        second = new(Vector128.Create(a[1], b[1], c[1], d[1]));
        third = new(Vector128.Create(a[2], b[2], c[2], d[2]));
        fourth = new(Vector128.Create(a[3], b[3], c[3], d[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Places(uint start, uint step) =>
        new((Vector128.Create(start) + (Vector128<uint>.Indices * Vector128.Create(step))).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Advance(Floats4 places, uint by) =>
        new((places._lanes.AsUInt32() + Vector128.Create(by)).AsSingle());

    // The same mixing as CounterHash.At.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats4 Kept(Floats4 places, uint threshold, float scale)
    {
        Vector128<uint> x = places._lanes.AsUInt32();
        x = (x ^ (x >>> 16)) * Vector128.Create(CounterHash.FirstMultiplier);
        x = (x ^ (x >>> 15)) * Vector128.Create(CounterHash.SecondMultiplier);
        x ^= x >>> 16;
        Vector128<float> kept = Vector128.GreaterThanOrEqual(x, Vector128.Create(threshold)).AsSingle();
        return new(Vector128.ConditionalSelect(kept, Vector128.Create(scale), Vector128<float>.Zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstLanes(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> exponent) =>
        ((exponent + Vector128.Create(127)) << 23).AsSingle();
}
