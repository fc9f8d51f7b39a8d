namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Layer normalisation (Ba et al. 2016), row by row; sums in double precision.</summary>
internal static class LayerNorm
{
    internal static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon,
        Span<float> y, Span<float> statistics, int width)
    {
        for (int row = 0; row < x.Length / width; row++)
        {
            ReadOnlySpan<float> values = x.Slice(row * width, width);
            (float mean, float reciprocalDeviation) = Statistics(values, epsilon);
            for (int i = 0; i < width; i++)
            {
                y[(row * width) + i] = ((values[i] - mean) * reciprocalDeviation * gain[i]) + bias[i];
            }

            if (!statistics.IsEmpty)
            {
                statistics[2 * row] = mean;
                statistics[(2 * row) + 1] = reciprocalDeviation;
            }
        }
    }

    private static (float Mean, float ReciprocalDeviation) Statistics(ReadOnlySpan<float> x, float epsilon)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += value;
        }

        double mean = sum / x.Length;
        double squares = 0;
        foreach (float value in x)
        {
            squares += (value - mean) * (value - mean);
        }

        return ((float)mean, (float)(1 / Math.Sqrt((squares / x.Length) + epsilon)));
    }
}
