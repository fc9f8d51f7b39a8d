using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Four floats, all of them used.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>, int>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Mask(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(byte* address) => Vector128.Create(*(float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(byte* address) => Vector128.Load((float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadLast(byte* address, int mask) => Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* address, Vector128<float> vector) => vector.Store((float*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLast(byte* address, int mask, Vector128<float> vector) => Store(address, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> sum) =>
        Vector128.FusedMultiplyAdd(left, right, sum);
}

/// <summary>Four floats, of which the last vector of a row uses one to three. The width has no masks everywhere, so its columns move one by one.</summary>
internal readonly unsafe struct EdgeLanes128 : ILanes<Vector128<float>, int>
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Mask(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(byte* address) => Lanes128.Broadcast(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(byte* address) => Lanes128.Load(address);

    public static Vector128<float> LoadLast(byte* address, int mask)
    {
        float* from = (float*)address;
        return Vector128.Create(from[0], mask > 1 ? from[1] : 0, mask > 2 ? from[2] : 0, mask > 3 ? from[3] : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* address, Vector128<float> vector) => Lanes128.Store(address, vector);

    public static void StoreLast(byte* address, int mask, Vector128<float> vector)
    {
        float* to = (float*)address;
        for (int column = 0; column < mask; column++)
        {
            to[column] = vector[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> sum) =>
        Vector128.FusedMultiplyAdd(left, right, sum);
}
