using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Two vectors of one kind: for each output two partial sums, or the four terms of its weights.</summary>
internal readonly struct TwoVectors<TVector>(TVector low, TVector high)
    where TVector : struct
{
    internal readonly TVector Low = low;
    internal readonly TVector High = high;
}

/// <summary>
/// Weights widened to 16 bits, products of pairs added up in 32 bits: exact for every byte, where the pairs of unsigned times signed bytes that these
/// processors also offer are cut off at 16 bits. Inputs are 16 bits wide already. 512 bits.
/// </summary>
internal readonly unsafe struct PackedLanesWide512 : IPackedLanes<TwoVectors<Vector512<int>>, TwoVectors<Vector512<short>>, Vector512<short>>
{
    public static int Outputs => 16;

    public static int Groups => 1;

    public static int InputBytes => 8;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<short>> Load(byte* address) => new(
        Avx512BW.ConvertToVector512Int16(Vector256.Load((sbyte*)address)), Avx512BW.ConvertToVector512Int16(Vector256.Load((sbyte*)address + 32)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<short>> LoadOneGroup(byte* address) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Broadcast(byte* address) => Vector512.Create(*(long*)address).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<int>> Dot(TwoVectors<Vector512<int>> sums, Vector512<short> inputs, TwoVectors<Vector512<short>> weights) => new(
        sums.Low + Avx512BW.MultiplyAddAdjacent(inputs, weights.Low), sums.High + Avx512BW.MultiplyAddAdjacent(inputs, weights.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<int>> Add(TwoVectors<Vector512<int>> left, TwoVectors<Vector512<int>> right) =>
        new(left.Low + right.Low, left.High + right.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, TwoVectors<Vector512<int>> sums)
    {
        Joined(sums.Low).Store(address);
        Joined(sums.High).Store(address + 8);
    }

    // The two parts of an output lie side by side in 64 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Joined(Vector512<int> parts) =>
        Avx512F.ConvertToVector256Int32((parts + (parts.AsInt64() >>> 32).AsInt32()).AsInt64());
}

/// <summary>As <see cref="PackedLanesWide512"/>, eight outputs in 256 bits.</summary>
internal readonly unsafe struct PackedLanesWide256 : IPackedLanes<TwoVectors<Vector256<int>>, TwoVectors<Vector256<short>>, Vector256<short>>
{
    public static int Outputs => 8;

    public static int Groups => 1;

    public static int InputBytes => 8;

    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<short>> Load(byte* address) => new(
        Avx2.ConvertToVector256Int16(Vector128.Load((sbyte*)address)), Avx2.ConvertToVector256Int16(Vector128.Load((sbyte*)address + 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<short>> LoadOneGroup(byte* address) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Broadcast(byte* address) => Vector256.Create(*(long*)address).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<int>> Dot(TwoVectors<Vector256<int>> sums, Vector256<short> inputs, TwoVectors<Vector256<short>> weights) => new(
        sums.Low + Avx2.MultiplyAddAdjacent(inputs, weights.Low), sums.High + Avx2.MultiplyAddAdjacent(inputs, weights.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<int>> Add(TwoVectors<Vector256<int>> left, TwoVectors<Vector256<int>> right) =>
        new(left.Low + right.Low, left.High + right.High);

    // Adding neighbours leaves the halves of the two vectors interleaved.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, TwoVectors<Vector256<int>> sums) =>
        Avx2.Permute4x64(Avx2.HorizontalAdd(sums.Low, sums.High).AsInt64(), 0b_11_01_10_00).AsInt32().Store(address);
}

/// <summary>As <see cref="PackedLanesWide512"/>, four outputs in 128 bits, on every processor.</summary>
internal readonly unsafe struct PackedLanesWide128 : IPackedLanes<TwoVectors<Vector128<int>>, TwoVectors<Vector128<short>>, Vector128<short>>
{
    public static int Outputs => 4;

    public static int Groups => 1;

    public static int InputBytes => 8;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<short>> Load(byte* address)
    {
        (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.Load((sbyte*)address));
        return new(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<short>> LoadOneGroup(byte* address) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Broadcast(byte* address) => Vector128.Create(*(long*)address).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<int>> Dot(TwoVectors<Vector128<int>> sums, Vector128<short> inputs, TwoVectors<Vector128<short>> weights) =>
        new(sums.Low + Pairs(inputs, weights.Low), sums.High + Pairs(inputs, weights.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<int>> Add(TwoVectors<Vector128<int>> left, TwoVectors<Vector128<int>> right) =>
        new(left.Low + right.Low, left.High + right.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, TwoVectors<Vector128<int>> sums)
    {
        Vector128<int> low = sums.Low;
        Vector128<int> high = sums.High;
        Vector128.Create(low[0] + low[1], low[2] + low[3], high[0] + high[1], high[2] + high[3]).Store(address);
    }

    /// <summary>left[2i] · right[2i] + left[2i + 1] · right[2i + 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(Vector128<short> left, Vector128<short> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(left, right);
        }

        Vector128<int> even = ((left.AsInt32() << 16) >> 16) * ((right.AsInt32() << 16) >> 16);
        Vector128<int> odd = (left.AsInt32() >> 16) * (right.AsInt32() >> 16);
        return even + odd;
    }
}
