using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Lays a right-hand side [K, N] out as panels of two vectors, [N / columns, K, columns], the order in which the micro-kernels read it.
/// Columns of the last panel beyond N are undefined and never read.
/// </summary>
internal static unsafe class MatMulPack
{
    /// <summary>The floats that a packed right-hand side takes.</summary>
    internal static long Length(MatMulTable table, int k, int n) => CountPanels(table, n) * (long)k * table.PanelColumns;

    /// <summary>The panels that N columns make.</summary>
    internal static int CountPanels(MatMulTable table, int n) => (int)(((long)n + table.PanelColumns - 1) / table.PanelColumns);

    /// <summary>Packs some of the panels.</summary>
    internal static void Panels(MatMulTable table, in Matrix b, float* packed, int first, int count)
    {
        int columns = table.PanelColumns;
        for (int panel = first; panel < first + count; panel++)
        {
            int left = panel * columns;
            float* from = (float*)b.Storage.Address + (left * b.ColumnStride);
            float* to = packed + ((long)panel * b.Rows * columns);
            int width = Math.Min(columns, b.Columns - left);
            if (b.ColumnStride == 1)
            {
                CopyRows(from, b.RowStride, to, columns, b.Rows, width);
            }
            else if (b.RowStride == 1)
            {
                MatMulTranspose.Run(table.Path, from, b.ColumnStride, to, columns, b.Rows, width);
            }
            else
            {
                CopyElements(from, b, to, columns, width);
            }
        }
    }

    private static void CopyRows(float* from, long fromStep, float* to, int toStep, int rows, int width)
    {
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(from + (row * fromStep), width).CopyTo(new Span<float>(to + ((long)row * toStep), width));
        }
    }

    private static void CopyElements(float* from, in Matrix b, float* to, int toStep, int width)
    {
        for (int row = 0; row < b.Rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                to[((long)row * toStep) + column] = from[(row * b.RowStride) + (column * b.ColumnStride)];
            }
        }
    }
}
