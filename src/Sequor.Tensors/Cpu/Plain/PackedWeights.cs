using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Weights in panels of some type: laid out, looked up, selected from.</summary>
internal static class PackedWeights
{
    /// <summary>Outputs of a panel of floating-point numbers where no vectors ask for another number.</summary>
    internal const int FloatPanel = 16;

    private const ushort OneExponent = 1 << 10;

    internal static int Panel(WeightType type, int floatPanel) => WeightTypes.IsInteger(type) ? PackedMatrix.IntegerPanel : floatPanel;

    internal static long Bytes(WeightType type, int rows, int columns, int floatPanel) =>
        WeightTypes.IsInteger(type)
            ? PackedMatrix.IntegerBytes(rows, columns)
            : ((long)rows + floatPanel - 1) / floatPanel * floatPanel * columns * BytesOf(type);

    internal static void Pack(in Matrix weight, in PackedMatrix target, int floatPanel)
    {
        if (WeightTypes.IsInteger(target.Type))
        {
            Clear(target);
            sbyte[] integers = new sbyte[target.Columns];
            for (int row = 0; row < target.Rows; row++)
            {
                ReadOnlySpan<float> numbers = Row(weight, row);
                target.Scales.Span[row] = PackedQuantize.Row(numbers, WeightTypes.MostOf(target.Type), integers);
                Place(target, row, integers);
            }

            return;
        }

        target.Values.Span.Clear();
        for (int row = 0; row < target.Rows; row++)
        {
            ReadOnlySpan<float> numbers = Row(weight, row);
            for (int column = 0; column < target.Columns; column++)
            {
                Write(target, row, column, floatPanel, numbers[column]);
            }
        }
    }

    internal static void Gather(in PackedMatrix table, ReadOnlySpan<int> ids, float scale, Span<float> y, int floatPanel)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            Span<float> row = y.Slice(i * table.Columns, table.Columns);
            for (int column = 0; column < row.Length; column++)
            {
                row[column] = Number(table, ids[i], column, floatPanel) * scale;
            }
        }
    }

    internal static void Select(in PackedMatrix from, ReadOnlySpan<int> rows, in PackedMatrix target, int floatPanel)
    {
        Clear(target);
        for (int i = 0; i < rows.Length; i++)
        {
            if (WeightTypes.IsInteger(from.Type))
            {
                target.Scales.Span[i] = from.Scales.Span[rows[i]];
                target.Sums.Span[i] = from.Sums.Span[rows[i]];
            }

            for (int column = 0; column < from.Columns; column++)
            {
                Element(from, rows[i], column, floatPanel).CopyTo(Element(target, i, column, floatPanel));
            }
        }
    }

    /// <summary>An element as the number for which it stands.</summary>
    internal static float Number(in PackedMatrix matrix, int row, int column, int floatPanel)
    {
        Span<byte> element = Element(matrix, row, column, floatPanel);
        return matrix.Type switch
        {
            WeightType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            WeightType.Float16 => FromFloat16(BinaryPrimitives.ReadUInt16LittleEndian(element)),
            WeightType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            _ => (sbyte)element[0] * matrix.Scales.Span[row],
        };
    }

    /// <summary>The upper half of a float, to the nearest, ties to even; NaN stays NaN.</summary>
    internal static ushort ToBFloat16(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>
    /// A 16-bit float with a highest exponent like any other, as ARM's alternative half precision: up to 131,008, and no infinity or NaN, which would
    /// cost the products a comparison and a choice for each weight, half of their speed. What it cannot hold becomes the greatest number.
    /// </summary>
    internal static ushort ToFloat16(float number)
    {
        Half half = (Half)number;
        if (Half.IsFinite(half))
        {
            return BitConverter.HalfToUInt16Bits(half);
        }

        half = (Half)(number / 2);
        return (ushort)(Half.IsFinite(half) ? BitConverter.HalfToUInt16Bits(half) + OneExponent : BitConverter.HalfToUInt16Bits(half) | 0x7FFF);
    }

    /// <summary>The float for which 16 bits from <see cref="ToFloat16"/> stand.</summary>
    internal static float FromFloat16(ushort bits)
    {
        Half half = BitConverter.UInt16BitsToHalf(bits);
        return Half.IsFinite(half) ? (float)half : 2 * (float)BitConverter.UInt16BitsToHalf((ushort)(bits - OneExponent));
    }

    private static int BytesOf(WeightType type) => type switch
    {
        WeightType.Float32 => 4,
        WeightType.Float16 or WeightType.BFloat16 => 2,
        _ => 1,
    };

    private static ReadOnlySpan<float> Row(in Matrix weight, int row) =>
        weight.Storage.Slice(row * weight.RowStride, weight.Columns).Span;

    private static void Clear(in PackedMatrix matrix)
    {
        matrix.Values.Span.Clear();
        matrix.Scales.Span.Clear();
        matrix.Sums.Span.Clear();
    }

    private static void Place(in PackedMatrix target, int row, ReadOnlySpan<sbyte> integers)
    {
        int sum = 0;
        for (int column = 0; column < integers.Length; column++)
        {
            target.Values.Span[(int)target.IntegerAt(row, column)] = (byte)integers[column];
            sum += integers[column];
        }

        target.Sums.Span[row] = sum;
    }

    private static void Write(in PackedMatrix target, int row, int column, int floatPanel, float number)
    {
        Span<byte> element = Element(target, row, column, floatPanel);
        switch (target.Type)
        {
            case WeightType.Float16:
                BinaryPrimitives.WriteUInt16LittleEndian(element, ToFloat16(number));
                break;
            case WeightType.BFloat16:
                BinaryPrimitives.WriteUInt16LittleEndian(element, ToBFloat16(number));
                break;
            default:
                MemoryMarshal.Write(element, number);
                break;
        }
    }

    private static Span<byte> Element(in PackedMatrix matrix, int row, int column, int floatPanel)
    {
        int size = BytesOf(matrix.Type);
        long at = WeightTypes.IsInteger(matrix.Type)
            ? matrix.IntegerAt(row, column)
            : ((((long)(row / floatPanel) * matrix.Columns) + column) * floatPanel) + (row % floatPanel);
        return matrix.Values.Slice(at * size, size).Span;
    }
}
