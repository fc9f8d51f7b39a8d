namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The gradients of <see cref="LayerNorm"/>; sums in double precision.</summary>
internal static class LayerNormBackward
{
    internal static void Run(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy,
        Span<float> dx, bool accumulate, Span<float> dgain, Span<float> dbias, int width)
    {
        for (int row = 0; row < x.Length / width; row++)
        {
            ReadOnlySpan<float> values = x.Slice(row * width, width);
            ReadOnlySpan<float> gradients = dy.Slice(row * width, width);
            float mean = statistics[2 * row];
            float reciprocalDeviation = statistics[(2 * row) + 1];
            for (int i = 0; i < width; i++)
            {
                if (!dgain.IsEmpty)
                {
                    dgain[i] += gradients[i] * (values[i] - mean) * reciprocalDeviation;
                }

                if (!dbias.IsEmpty)
                {
                    dbias[i] += gradients[i];
                }
            }

            if (!dx.IsEmpty)
            {
                ToInput(values, gain, mean, reciprocalDeviation, gradients, dx.Slice(row * width, width), accumulate);
            }
        }
    }

    // With n = (x - mean) · r and g = dy · gain: dx = r · (g - mean(g) - n · mean(g · n)).
    private static void ToInput(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float mean, float reciprocalDeviation,
        ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        double sum = 0;
        double dot = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float scaled = dy[i] * gain[i];
            sum += scaled;
            dot += (double)scaled * ((x[i] - mean) * reciprocalDeviation);
        }

        float meanScaled = (float)(sum / x.Length);
        float meanDot = (float)(dot / x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            float normal = (x[i] - mean) * reciprocalDeviation;
            float gradient = reciprocalDeviation * ((dy[i] * gain[i]) - meanScaled - (normal * meanDot));
            dx[i] = accumulate ? dx[i] + gradient : gradient;
        }
    }
}
