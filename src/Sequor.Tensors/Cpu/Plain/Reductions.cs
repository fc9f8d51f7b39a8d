using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Sums of columns, rows and everything.</summary>
internal static class Reductions
{
    internal static void ColumnSums(in Matrix x, Span<float> sums, bool accumulate)
    {
        ReadOnlySpan<float> values = x.Storage.Span;
        for (int column = 0; column < x.Columns; column++)
        {
            double sum = 0;
            for (int row = 0; row < x.Rows; row++)
            {
                sum += values[MatMul.At(x, row, column)];
            }

            sums[column] = accumulate ? sums[column] + (float)sum : (float)sum;
        }
    }

    internal static void RowSums(in Matrix x, Span<float> sums, bool accumulate) =>
        ColumnSums(x.Transposed, sums, accumulate);

    internal static double Sum(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += value;
        }

        return sum;
    }

    internal static double SumOfSquares(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    internal static long CountNonFinite(ReadOnlySpan<float> x)
    {
        long count = 0;
        foreach (float value in x)
        {
            count += float.IsFinite(value) ? 0 : 1;
        }

        return count;
    }
}
