using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
                Transpose(table.Path, from, b.ColumnStride, to, columns, b.Rows, width);
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

    private static void Transpose(InstructionPath path, float* from, long fromStep, float* to, int toStep, int rows, int width)
    {
        if (path >= InstructionPath.Avx2 && rows >= 4)
        {
            for (int column = 0; column < width; column += 8)
            {
                TransposeEight(from + (column * fromStep), fromStep, to + column, toStep, rows, Math.Min(8, width - column));
            }
        }
        else
        {
            for (int column = 0; column < width; column += 4)
            {
                TransposeFour(from + (column * fromStep), fromStep, to + column, toStep, rows, Math.Min(4, width - column));
            }
        }
    }

    private static void TransposeFour(float* from, long fromStep, float* to, int toStep, int rows, int width)
    {
        // A column that is missing is read as the last one: nothing beyond it is touched, and nobody reads the copies.
        float* second = from + (Math.Min(1, width - 1) * fromStep);
        float* third = from + (Math.Min(2, width - 1) * fromStep);
        float* fourth = from + (Math.Min(3, width - 1) * fromStep);
        for (int row = 0; row < rows; row++)
        {
            Vector128.Create(from[row], second[row], third[row], fourth[row]).Store(to + ((long)row * toStep));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeEight(float* from, long fromStep, float* to, int toStep, int rows, int width)
    {
        int last = width - 1;
        float* c0 = from;
        float* c1 = from + (Math.Min(1, last) * fromStep);
        float* c2 = from + (Math.Min(2, last) * fromStep);
        float* c3 = from + (Math.Min(3, last) * fromStep);
        float* c4 = from + (Math.Min(4, last) * fromStep);
        float* c5 = from + (Math.Min(5, last) * fromStep);
        float* c6 = from + (Math.Min(6, last) * fromStep);
        float* c7 = from + (Math.Min(7, last) * fromStep);
        for (int block = 0; block < rows; block += 4)
        {
            // The last block may do rows again that the one before did, so that nothing is read beyond the last row.
            int row = Math.Min(block, rows - 4);
            Vector256<float> v0 = Vector256.Create(Vector128.Load(c0 + row), Vector128.Load(c4 + row));
            Vector256<float> v1 = Vector256.Create(Vector128.Load(c1 + row), Vector128.Load(c5 + row));
            Vector256<float> v2 = Vector256.Create(Vector128.Load(c2 + row), Vector128.Load(c6 + row));
            Vector256<float> v3 = Vector256.Create(Vector128.Load(c3 + row), Vector128.Load(c7 + row));
            Vector256<float> low01 = Avx.UnpackLow(v0, v1);
            Vector256<float> low23 = Avx.UnpackLow(v2, v3);
            Vector256<float> high01 = Avx.UnpackHigh(v0, v1);
            Vector256<float> high23 = Avx.UnpackHigh(v2, v3);
            float* target = to + ((long)row * toStep);
            Avx.Shuffle(low01, low23, 0x44).Store(target);
            Avx.Shuffle(low01, low23, 0xEE).Store(target + toStep);
            Avx.Shuffle(high01, high23, 0x44).Store(target + (2 * toStep));
            Avx.Shuffle(high01, high23, 0xEE).Store(target + (3 * toStep));
        }
    }
}
