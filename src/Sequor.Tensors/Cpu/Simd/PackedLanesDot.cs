using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The sums of 16 outputs in two vectors.</summary>
internal readonly struct DotSums(Vector256<int> low, Vector256<int> high)
{
    internal readonly Vector256<int> Low = low;
    internal readonly Vector256<int> High = high;
}

/// <summary>A cache line of weights in two vectors.</summary>
internal readonly struct DotWeights(Vector256<sbyte> low, Vector256<sbyte> high)
{
    internal readonly Vector256<sbyte> Low = low;
    internal readonly Vector256<sbyte> High = high;
}

/// <summary>One instruction for four terms of eight outputs (AVX-VNNI): unsigned bytes times signed bytes, added up in 32 bits.</summary>
internal readonly unsafe struct PackedLanesDot : IPackedLanes<DotSums, DotWeights, Vector256<byte>>
{
    public static int Outputs => 16;

    public static int Groups => 1;

    public static int InputBytes => 4;

    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DotWeights Load(byte* address) => new(Vector256.Load((sbyte*)address), Vector256.Load((sbyte*)address + 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DotWeights LoadOneGroup(byte* address) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Broadcast(byte* address) => Vector256.Create(*(int*)address).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DotSums Dot(DotSums sums, Vector256<byte> inputs, DotWeights weights) => new(
        AvxVnni.MultiplyWideningAndAdd(sums.Low, inputs, weights.Low), AvxVnni.MultiplyWideningAndAdd(sums.High, inputs, weights.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DotSums Add(DotSums left, DotSums right) => new(left.Low + right.Low, left.High + right.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(int* address, DotSums sums)
    {
        sums.Low.Store(address);
        sums.High.Store(address + 8);
    }
}
