using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>How a product reads its right-hand side: as the floats that lie there, or as narrower numbers that become floats on the way to the registers.</summary>
/// <typeparam name="TVector">The vector of floats.</typeparam>
/// <typeparam name="TMask">How the columns of the last, incomplete vector are named.</typeparam>
internal unsafe interface IMatMulRight<TVector, TMask>
    where TVector : struct
    where TMask : struct
{
    /// <summary>Bytes of a number.</summary>
    static abstract int Bytes { get; }

    /// <summary>Reads a whole vector.</summary>
    static abstract TVector Load(byte* address);

    /// <summary>Reads the named columns at least; what is packed has room for whole vectors.</summary>
    static abstract TVector LoadLast(byte* address, TMask mask);
}

/// <summary>Floats, as they lie.</summary>
internal readonly unsafe struct FloatRight<TLanes, TVector, TMask> : IMatMulRight<TVector, TMask>
    where TLanes : struct, ILanes<TVector, TMask>
    where TVector : struct
    where TMask : struct
{
    public static int Bytes => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* address) => TLanes.Load(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadLast(byte* address, TMask mask) => TLanes.LoadLast(address, mask);
}

/// <summary>The upper halves of sixteen floats.</summary>
internal readonly unsafe struct BFloat512 : IMatMulRight<Vector512<float>, Vector512<float>>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* address) =>
        (Avx512F.ConvertToVector512Int32(Vector256.Load((ushort*)address)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadLast(byte* address, Vector512<float> mask) => Load(address);
}

/// <summary>The upper halves of eight floats.</summary>
internal readonly unsafe struct BFloat256 : IMatMulRight<Vector256<float>, Vector256<float>>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* address) =>
        (Avx2.ConvertToVector256Int32(Vector128.Load((ushort*)address)) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadLast(byte* address, Vector256<float> mask) => Load(address);
}

/// <summary>The upper halves of four floats.</summary>
internal readonly unsafe struct BFloat128 : IMatMulRight<Vector128<float>, int>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(byte* address) =>
        (Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)address).AsUInt16()) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadLast(byte* address, int mask) => Load(address);
}
