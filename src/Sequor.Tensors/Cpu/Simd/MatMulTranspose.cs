using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Turns columns into rows, several columns at a time and four rows of each. A column that is missing at the right is read as the last one, so that
/// nothing beyond it is touched; nobody reads the copies. A few rows may be done twice, so that nothing is read beyond the last row.
/// </summary>
internal static unsafe class MatMulTranspose
{
    /// <summary>Writes row r of the result from element r of every column.</summary>
    /// <param name="path">The width of the vectors.</param>
    /// <param name="from">The first column, whose elements are neighbours.</param>
    /// <param name="fromStep">Floats from one column to the next.</param>
    /// <param name="to">The first row of the result, which has room for a multiple of the columns that go at once (16, 8 or 4).</param>
    /// <param name="toStep">Floats from one row of the result to the next.</param>
    /// <param name="rows">The elements of a column.</param>
    /// <param name="width">The number of columns.</param>
    internal static void Run(InstructionPath path, float* from, long fromStep, float* to, int toStep, int rows, int width)
    {
        int group = rows < 4 ? 4 : 4 << (int)path;
        float** columns = stackalloc float*[16];
        for (int column = 0; column < width; column += group)
        {
            for (int index = 0; index < group; index++)
            {
                columns[index] = from + (Math.Min(column + index, width - 1) * fromStep);
            }

            switch (group)
            {
                case 16:
                    Sixteen(columns, to + column, toStep, rows);
                    break;
                case 8:
                    Eight(columns, to + column, toStep, rows);
                    break;
                default:
                    Four(columns, to + column, toStep, rows);
                    break;
            }
        }
    }

    private static void Four(float** columns, float* to, int toStep, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            Vector128.Create(columns[0][row], columns[1][row], columns[2][row], columns[3][row]).Store(to + ((long)row * toStep));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float** columns, float* to, int toStep, int rows)
    {
        for (int block = 0; block < rows; block += 4)
        {
            int row = Math.Min(block, rows - 4);
            Vector256<float> v0 = Vector256.Create(Vector128.Load(columns[0] + row), Vector128.Load(columns[4] + row));
            Vector256<float> v1 = Vector256.Create(Vector128.Load(columns[1] + row), Vector128.Load(columns[5] + row));
            Vector256<float> v2 = Vector256.Create(Vector128.Load(columns[2] + row), Vector128.Load(columns[6] + row));
            Vector256<float> v3 = Vector256.Create(Vector128.Load(columns[3] + row), Vector128.Load(columns[7] + row));
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

    /// <summary>Whole vectors are written, because the product reads them back at once and two halves could not be forwarded to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(float** columns, float* to, int toStep, int rows)
    {
        for (int block = 0; block < rows; block += 4)
        {
            int row = Math.Min(block, rows - 4);
            Vector512<float> v0 = Gather(columns, row);
            Vector512<float> v1 = Gather(columns + 1, row);
            Vector512<float> v2 = Gather(columns + 2, row);
            Vector512<float> v3 = Gather(columns + 3, row);
            Vector512<float> low01 = Avx512F.UnpackLow(v0, v1);
            Vector512<float> low23 = Avx512F.UnpackLow(v2, v3);
            Vector512<float> high01 = Avx512F.UnpackHigh(v0, v1);
            Vector512<float> high23 = Avx512F.UnpackHigh(v2, v3);
            float* target = to + ((long)row * toStep);
            Avx512F.Shuffle(low01, low23, 0x44).Store(target);
            Avx512F.Shuffle(low01, low23, 0xEE).Store(target + toStep);
            Avx512F.Shuffle(high01, high23, 0x44).Store(target + (2 * toStep));
            Avx512F.Shuffle(high01, high23, 0xEE).Store(target + (3 * toStep));
        }
    }

    /// <summary>Four rows of each fourth column, so that the shuffles, which stay within 128 bits, leave the columns in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Gather(float** columns, int row)
    {
        Vector256<float> lower = Vector256.Create(Vector128.Load(columns[0] + row), Vector128.Load(columns[4] + row));
        Vector256<float> upper = Vector256.Create(Vector128.Load(columns[8] + row), Vector128.Load(columns[12] + row));
        return lower.ToVector512Unsafe().WithUpper(upper);
    }
}
