using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Means of squared gradients and the steps they scale: Adafactor (Shazeer and Stern 2018).</summary>
internal static class FactoredUpdates
{
    internal static void Moments(
        in Matrix gradients, float gradientScale, float decay, float epsilon, Span<float> rowMeans, Span<float> columnMeans)
    {
        for (int row = 0; row < gradients.Rows; row++)
        {
            rowMeans[row] = (decay * rowMeans[row]) + ((1 - decay) * (MeanSquare(gradients, row, gradientScale) + epsilon));
        }

        for (int column = 0; gradients.Rows > 0 && column < gradients.Columns; column++)
        {
            columnMeans[column] = (decay * columnMeans[column]) + ((1 - decay) * (MeanSquare(gradients.Transposed, column, gradientScale) + epsilon));
        }
    }

    internal static void Step(
        in Matrix gradients, float gradientScale, ReadOnlySpan<float> rowMeans, ReadOnlySpan<float> columnMeans, Span<float> step)
    {
        double mean = Reductions.Sum(rowMeans) / Math.Max(1, rowMeans.Length);
        for (int row = 0; row < gradients.Rows; row++)
        {
            float rowFactor = RowFactor(gradientScale, rowMeans[row], mean);
            for (int column = 0; column < gradients.Columns; column++)
            {
                int at = (row * gradients.Columns) + column;
                step[at] = gradients.Storage.Span[at] * rowFactor * ColumnFactor(columnMeans[column]);
            }
        }
    }

    internal static void SquaredMoments(ReadOnlySpan<float> gradients, float gradientScale, float decay, float epsilon, Span<float> moments)
    {
        for (int i = 0; i < moments.Length; i++)
        {
            float gradient = gradientScale * gradients[i];
            moments[i] = (decay * moments[i]) + ((1 - decay) * ((gradient * gradient) + epsilon));
        }
    }

    internal static void MomentStep(ReadOnlySpan<float> gradients, float gradientScale, ReadOnlySpan<float> moments, Span<float> step)
    {
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = gradientScale * gradients[i] / MathF.Sqrt(moments[i]);
        }
    }

    /// <summary>What a row's gradients are multiplied by. Rows and columns have factors of their own: the product of two tiny means is 0 in 32 bits.</summary>
    internal static float RowFactor(float gradientScale, float rowMean, double meanOfRows) => (float)(gradientScale / Math.Sqrt(rowMean / meanOfRows));

    /// <summary>What a column's gradients are multiplied by.</summary>
    internal static float ColumnFactor(float columnMean) => 1 / MathF.Sqrt(columnMean);

    private static float MeanSquare(in Matrix x, int row, float scale)
    {
        double sum = 0;
        for (int column = 0; column < x.Columns; column++)
        {
            float value = scale * x.Storage.Span[MatMul.At(x, row, column)];
            sum += value * value;
        }

        return (float)(sum / x.Columns);
    }
}
