using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Eight floats, all of them used.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<float>, Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mask(int columns) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(byte* address) => Vector256.Create(*(float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* address) => Vector256.Load((float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadLast(byte* address, Vector256<float> mask) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* address, Vector256<float> vector) => vector.Store((float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLast(byte* address, Vector256<float> mask, Vector256<float> vector) => Store(address, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> sum) =>
        Fma.MultiplyAdd(left, right, sum);
}

/// <summary>Eight floats, of which the last vector of a row uses some.</summary>
internal readonly unsafe struct EdgeLanes256 : ILanes<Vector256<float>, Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mask(int columns) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(columns)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(byte* address) => Lanes256.Broadcast(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* address) => Lanes256.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadLast(byte* address, Vector256<float> mask) =>
        Avx.MaskLoad((float*)address, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* address, Vector256<float> vector) => Lanes256.Store(address, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLast(byte* address, Vector256<float> mask, Vector256<float> vector) =>
        Avx.MaskStore((float*)address, mask, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> sum) =>
        Fma.MultiplyAdd(left, right, sum);
}
