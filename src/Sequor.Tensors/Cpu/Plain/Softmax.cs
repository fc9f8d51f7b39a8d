namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Softmax, row by row, with the row's maximum subtracted first; sums in double precision.</summary>
internal static class Softmax
{
    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int width)
    {
        for (int start = 0; start < x.Length; start += width)
        {
            Row(x.Slice(start, width), y.Slice(start, width));
        }
    }

    /// <summary>One row of any length, none included.</summary>
    internal static void Row(ReadOnlySpan<float> x, Span<float> y)
    {
        float greatest = Greatest(x);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = MathF.Exp(x[i] - greatest);
            sum += y[i];
        }

        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)(y[i] / sum);
        }
    }

    internal static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int width, bool accumulate)
    {
        for (int start = 0; start < y.Length; start += width)
        {
            double sum = 0;
            for (int i = start; i < start + width; i++)
            {
                sum += (double)dy[i] * y[i];
            }

            for (int i = start; i < start + width; i++)
            {
                float gradient = y[i] * (dy[i] - (float)sum);
                dx[i] = accumulate ? dx[i] + gradient : gradient;
            }
        }
    }

    /// <summary>The greatest number, NaN if there is one; -∞ for none.</summary>
    internal static float Greatest(ReadOnlySpan<float> x)
    {
        float greatest = float.NegativeInfinity;
        foreach (float value in x)
        {
            greatest = MathF.Max(greatest, value);
        }

        return greatest;
    }
}
