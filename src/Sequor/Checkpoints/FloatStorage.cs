using System.Buffers.Binary;

namespace Sequor.Checkpoints;

/// <summary>Converts between float32 and the 16-bit formats it can be stored in, little-endian on every machine.</summary>
public static class FloatStorage
{
    /// <summary>The bits of the bfloat16 nearest to <paramref name="value"/>; ties go to the even one; NaN stays NaN.</summary>
    public static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            // Cutting a NaN whose payload lies in the lower half would leave an infinity.
            return (ushort)(bits >> 16 | 0x40);
        }
        uint lastKept = bits >> 16 & 1;
        return (ushort)(bits + 0x7FFF + lastKept >> 16);
    }

    /// <summary>The float32 equal to a bfloat16.</summary>
    public static float FromBFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The bits of the half nearest to <paramref name="value"/>; ties go to the even one; what is too large becomes infinite.</summary>
    public static ushort ToHalf(float value) => BitConverter.HalfToUInt16Bits((Half)value);

    /// <summary>The float32 equal to a half.</summary>
    public static float FromHalf(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    /// <summary>Stores floats.</summary>
    /// <param name="type">F32, F16 or BF16.</param>
    /// <param name="values">The values.</param>
    /// <param name="stored">As many bytes as the type needs for them.</param>
    internal static void Store(StoredType type, ReadOnlySpan<float> values, Span<byte> stored)
    {
        int size = type.ElementBytes;
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> place = stored.Slice(i * size, size);
            switch (type)
            {
                case StoredType.F32:
                    BinaryPrimitives.WriteSingleLittleEndian(place, values[i]);
                    break;
                case StoredType.F16:
                    BinaryPrimitives.WriteUInt16LittleEndian(place, ToHalf(values[i]));
                    break;
                default:
                    BinaryPrimitives.WriteUInt16LittleEndian(place, ToBFloat16(values[i]));
                    break;
            }
        }
    }

    /// <summary>Reads stored floats.</summary>
    /// <param name="type">F32, F16 or BF16.</param>
    /// <param name="stored">The bytes.</param>
    /// <param name="values">Where the values go; its length says how many.</param>
    internal static void Load(StoredType type, ReadOnlySpan<byte> stored, Span<float> values)
    {
        int size = type.ElementBytes;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> place = stored.Slice(i * size, size);
            values[i] = type switch
            {
                StoredType.F32 => BinaryPrimitives.ReadSingleLittleEndian(place),
                StoredType.F16 => FromHalf(BinaryPrimitives.ReadUInt16LittleEndian(place)),
                _ => FromBFloat16(BinaryPrimitives.ReadUInt16LittleEndian(place)),
            };
        }
    }
}
