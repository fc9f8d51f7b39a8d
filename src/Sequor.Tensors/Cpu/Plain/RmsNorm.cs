namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Root-mean-square normalisation (Zhang and Sennrich 2019), row by row; sums in double precision.</summary>
internal static class RmsNorm
{
    internal static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, Span<float> y, Span<float> statistics, int width)
    {
        for (int row = 0; row < x.Length / width; row++)
        {
            ReadOnlySpan<float> values = x.Slice(row * width, width);
            double squares = 0;
            foreach (float value in values)
            {
                squares += (double)value * value;
            }

            float reciprocalRoot = (float)(1 / Math.Sqrt((squares / width) + epsilon));
            for (int i = 0; i < width; i++)
            {
                y[(row * width) + i] = values[i] * reciprocalRoot * gain[i];
            }

            if (!statistics.IsEmpty)
            {
                statistics[row] = reciprocalRoot;
            }
        }
    }

    internal static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy,
        Span<float> dx, bool accumulate, Span<float> dgain, int width)
    {
        for (int row = 0; row < x.Length / width; row++)
        {
            ReadOnlySpan<float> values = x.Slice(row * width, width);
            ReadOnlySpan<float> gradients = dy.Slice(row * width, width);
            float reciprocalRoot = statistics[row];
            for (int i = 0; i < width && !dgain.IsEmpty; i++)
            {
                dgain[i] += gradients[i] * values[i] * reciprocalRoot;
            }

            if (!dx.IsEmpty)
            {
                BackwardRow(values, gain, reciprocalRoot, gradients, dx.Slice(row * width, width), accumulate);
            }
        }
    }

    // With n = x · r and g = dy · gain: dx = r · (g - n · mean(g · n)).
    private static void BackwardRow(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float reciprocalRoot, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        double dot = 0;
        for (int i = 0; i < x.Length; i++)
        {
            dot += (double)(dy[i] * gain[i]) * (x[i] * reciprocalRoot);
        }

        float meanDot = (float)(dot / x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            float gradient = reciprocalRoot * ((dy[i] * gain[i]) - (x[i] * reciprocalRoot * meanDot));
            dx[i] = accumulate ? dx[i] + gradient : gradient;
        }
    }
}
