using System.Runtime.InteropServices;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Where the numbers of an output lie: one unit in each line of its panel; a unit is a number or, of integers, a group of four.</summary>
internal readonly unsafe struct PackedLines
{
    private readonly byte* _values;
    private readonly int _unit;

    /// <summary>Describes a packed weight.</summary>
    internal PackedLines(in PackedMatrix matrix, int floatPanel)
    {
        bool isInteger = WeightTypes.IsInteger(matrix.Type);
        _values = (byte*)matrix.Values.Address;
        _unit = isInteger ? PackedMatrix.IntegerGroup : matrix.Type == WeightType.Float32 ? sizeof(float) : sizeof(ushort);
        Outputs = isInteger ? PackedMatrix.IntegerPanel : floatPanel;
        Count = isInteger ? (matrix.Columns + PackedMatrix.IntegerGroup - 1) / PackedMatrix.IntegerGroup : matrix.Columns;
    }

    /// <summary>Outputs of a panel.</summary>
    internal int Outputs { get; }

    /// <summary>Lines of a panel.</summary>
    internal int Count { get; }

    /// <summary>Bytes of a line.</summary>
    internal int Bytes => Outputs * _unit;

    /// <summary>The first unit of an output.</summary>
    internal byte* At(int row) => _values + ((long)(row / Outputs) * Count * Bytes) + (row % Outputs * _unit);

    /// <summary>Sets panels to 0, so that what stands for outputs that are not there is 0.</summary>
    internal void Clear(int firstPanel, int endPanel) =>
        NativeMemory.Clear(_values + ((long)firstPanel * Count * Bytes), (nuint)((long)(endPanel - firstPanel) * Count * Bytes));

    /// <summary>Copies an output of one weight to another weight of the same type.</summary>
    internal static void Copy(in PackedLines from, int fromRow, in PackedLines to, int toRow)
    {
        byte* source = from.At(fromRow);
        byte* target = to.At(toRow);
        for (int line = 0; line < from.Count; line++, source += from.Bytes, target += to.Bytes)
        {
            if (from._unit == sizeof(int))
            {
                *(int*)target = *(int*)source;
            }
            else
            {
                *(ushort*)target = *(ushort*)source;
            }
        }
    }
}
