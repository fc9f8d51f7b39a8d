using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// A weight [N, K] laid out for products in a type of <see cref="WeightType"/>: panels of outputs one after the other, within a panel the terms in rising k.
/// Integers: panels of 16 outputs, <c>[⌈N/16⌉, ⌈K/4⌉, 16, 4]</c> signed bytes, so that a cache line holds four terms of 16 outputs; the same for every
/// processor and on disk; padding is zero. Floating point: <c>[⌈N/P⌉, K, P]</c> with P = <see cref="IKernels.PackedPanel"/>; outputs beyond N are undefined.
/// </summary>
/// <param name="Type">What the numbers are.</param>
/// <param name="Rows">N, the outputs.</param>
/// <param name="Columns">K, the terms of each output; at most <see cref="MaximumColumns"/> for integers.</param>
/// <param name="Values">The panels, <see cref="IKernels.PackedBytes"/> bytes, aligned to 64.</param>
/// <param name="Scales">What an integer of each output stands for, N padded to whole panels; empty for floating point.</param>
/// <param name="Sums">The sum of each output's integers, N padded to whole panels: takes the inputs' offset out again; empty for floating point.</param>
public readonly record struct PackedMatrix(
    WeightType Type, int Rows, int Columns, Storage<byte> Values, Storage<float> Scales, Storage<int> Sums)
{
    /// <summary>Outputs of a panel of integers.</summary>
    public const int IntegerPanel = 16;

    /// <summary>Terms that lie side by side in a panel of integers.</summary>
    public const int IntegerGroup = 4;

    /// <summary>The most terms of an output for which 32-bit sums of unsigned inputs times integers cannot overflow: 255 · 127 · 65,536 is below 2³¹.</summary>
    public const int MaximumColumns = 65_536;

    /// <summary>Whether there is no matrix.</summary>
    public bool IsEmpty => Values.IsEmpty;

    /// <summary>Bytes of panels, scales and sums.</summary>
    public long Bytes => Values.Length + (Scales.Length * sizeof(float)) + (Sums.Length * sizeof(int));

    /// <summary>N padded to whole panels of integers: the length of <see cref="Scales"/> and <see cref="Sums"/>.</summary>
    /// <param name="rows">N.</param>
    public static int PaddedRows(int rows) => checked((rows + IntegerPanel - 1) / IntegerPanel * IntegerPanel);

    /// <summary>Bytes of the panels of an integer matrix.</summary>
    /// <param name="rows">N.</param>
    /// <param name="columns">K.</param>
    public static long IntegerBytes(int rows, int columns) =>
        (long)PaddedRows(rows) * ((columns + IntegerGroup - 1) / IntegerGroup * IntegerGroup);

    /// <summary>Where an integer lies in the panels, in bytes from the first.</summary>
    /// <param name="row">The output.</param>
    /// <param name="column">The term.</param>
    public long IntegerAt(int row, int column)
    {
        int groups = (Columns + IntegerGroup - 1) / IntegerGroup;
        long line = ((long)(row / IntegerPanel) * groups) + (column / IntegerGroup);
        return (((line * IntegerPanel) + (row % IntegerPanel)) * IntegerGroup) + (column % IntegerGroup);
    }

    /// <summary>Some of the outputs, where they lie.</summary>
    /// <param name="start">The first output, a multiple of the panel.</param>
    /// <param name="count">How many.</param>
    /// <param name="panel">Outputs of a panel, <see cref="IKernels.PackedPanel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie within the matrix or does not start a panel.</exception>
    public PackedMatrix RowRange(int start, int count, int panel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(start % panel, 0, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Rows - count);
        long panelBytes = Rows == 0 ? 0 : Values.Length / ((Rows + panel - 1) / panel);
        long panels = (count + panel - 1) / panel;
        bool isInteger = WeightTypes.IsInteger(Type);
        return this with
        {
            Rows = count,
            Values = Values.Slice(start / panel * panelBytes, panels * panelBytes),
            Scales = isInteger ? Scales.Slice(start, PaddedRows(count)) : default,
            Sums = isInteger ? Sums.Slice(start, PaddedRows(count)) : default,
        };
    }
}
