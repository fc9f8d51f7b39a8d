using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// How 16-bit floats become 32-bit ones without an instruction for it: exponent and fraction are moved into place, where they stand for a number that is too
/// small by 2¹¹², gradual underflow included. The highest exponent is one like the others, as in <see cref="Plain.PackedWeights.ToFloat16"/>.
/// </summary>
internal static class HalfBits
{
    /// <summary>The sign, and five bits of exponent and ten of fraction in their place; the sign's copies between them are dropped.</summary>
    internal const int SignAndPlace = unchecked((int)0x8FFFE000);

    /// <summary>What the bits in their place are too small by: 2¹¹².</summary>
    internal const float Raise = 5192296858534827628530496329220096f;

    /// <summary>One number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Widened(short bits) => BitConverter.Int32BitsToSingle((bits << 13) & SignAndPlace) * Raise;
}

/// <summary>Sixteen floats of 16 bits.</summary>
internal readonly unsafe struct Half512 : IMatMulRight<Vector512<float>, Vector512<float>>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(byte* address)
    {
        Vector512<int> bits = (Avx512F.ConvertToVector512Int32(Vector256.Load((short*)address)) << 13) & Vector512.Create(HalfBits.SignAndPlace);
        return bits.AsSingle() * Vector512.Create(HalfBits.Raise);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadLast(byte* address, Vector512<float> mask) => Load(address);
}

/// <summary>Eight floats of 16 bits.</summary>
internal readonly unsafe struct Half256 : IMatMulRight<Vector256<float>, Vector256<float>>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(byte* address)
    {
        Vector256<int> bits = (Avx2.ConvertToVector256Int32(Vector128.Load((short*)address)) << 13) & Vector256.Create(HalfBits.SignAndPlace);
        return bits.AsSingle() * Vector256.Create(HalfBits.Raise);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadLast(byte* address, Vector256<float> mask) => Load(address);
}

/// <summary>Four floats of 16 bits.</summary>
internal readonly unsafe struct Half128 : IMatMulRight<Vector128<float>, int>
{
    public static int Bytes => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(byte* address)
    {
        Vector128<int> bits = (Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)address).AsInt16()) << 13) & Vector128.Create(HalfBits.SignAndPlace);
        return bits.AsSingle() * Vector128.Create(HalfBits.Raise);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadLast(byte* address, int mask) => Load(address);
}
