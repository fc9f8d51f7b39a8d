using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Seven bits: four products of 0 to 127 with -63 to 63 fit into 16 bits (4 · 126 · 63 = 31,752), so two groups of terms are multiplied and added
/// there before they are widened to 32 bits. Exact, with instructions that every x86 processor of today has. 512 bits.
/// </summary>
internal readonly unsafe struct PackedLanesSeven512 : IPackedLanes<Vector512<int>, TwoVectors<Vector512<sbyte>>, TwoVectors<Vector512<byte>>>
{
    public static int Outputs => 16;

    public static int Groups => 2;

    public static int InputBytes => 8;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<sbyte>> Load(byte* address) =>
        new(Vector512.Load((sbyte*)address), Vector512.Load((sbyte*)address + PackedTile.GroupBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<sbyte>> LoadOneGroup(byte* address) => new(Vector512.Load((sbyte*)address), Vector512<sbyte>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector512<byte>> Broadcast(byte* address) =>
        new(Vector512.Create(*(int*)address).AsByte(), Vector512.Create(*(int*)(address + 4)).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot(Vector512<int> sums, TwoVectors<Vector512<byte>> inputs, TwoVectors<Vector512<sbyte>> weights)
    {
        Vector512<short> pairs = Avx512BW.MultiplyAddAdjacent(inputs.Low, weights.Low) + Avx512BW.MultiplyAddAdjacent(inputs.High, weights.High);
        return sums + Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> left, Vector512<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, Vector512<int> sums) => sums.Store(address);
}

/// <summary>As <see cref="PackedLanesSeven512"/>, eight outputs in 256 bits.</summary>
internal readonly unsafe struct PackedLanesSeven256 : IPackedLanes<Vector256<int>, TwoVectors<Vector256<sbyte>>, TwoVectors<Vector256<byte>>>
{
    public static int Outputs => 8;

    public static int Groups => 2;

    public static int InputBytes => 8;

    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<sbyte>> Load(byte* address) =>
        new(Vector256.Load((sbyte*)address), Vector256.Load((sbyte*)address + PackedTile.GroupBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<sbyte>> LoadOneGroup(byte* address) => new(Vector256.Load((sbyte*)address), Vector256<sbyte>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector256<byte>> Broadcast(byte* address) =>
        new(Vector256.Create(*(int*)address).AsByte(), Vector256.Create(*(int*)(address + 4)).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sums, TwoVectors<Vector256<byte>> inputs, TwoVectors<Vector256<sbyte>> weights)
    {
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(inputs.Low, weights.Low) + Avx2.MultiplyAddAdjacent(inputs.High, weights.High);
        return sums + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, Vector256<int> sums) => sums.Store(address);
}

/// <summary>As <see cref="PackedLanesSeven512"/>, four outputs in 128 bits.</summary>
internal readonly unsafe struct PackedLanesSeven128 : IPackedLanes<Vector128<int>, TwoVectors<Vector128<sbyte>>, TwoVectors<Vector128<byte>>>
{
    public static int Outputs => 4;

    public static int Groups => 2;

    public static int InputBytes => 8;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<sbyte>> Load(byte* address) =>
        new(Vector128.Load((sbyte*)address), Vector128.Load((sbyte*)address + PackedTile.GroupBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<sbyte>> LoadOneGroup(byte* address) => new(Vector128.Load((sbyte*)address), Vector128<sbyte>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<Vector128<byte>> Broadcast(byte* address) =>
        new(Vector128.Create(*(int*)address).AsByte(), Vector128.Create(*(int*)(address + 4)).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Dot(Vector128<int> sums, TwoVectors<Vector128<byte>> inputs, TwoVectors<Vector128<sbyte>> weights)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(inputs.Low, weights.Low) + Ssse3.MultiplyAddAdjacent(inputs.High, weights.High);
        return sums + Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, Vector128<int> sums) => sums.Store(address);
}
