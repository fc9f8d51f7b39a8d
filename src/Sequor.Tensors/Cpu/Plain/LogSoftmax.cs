namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The logarithm of softmax, row by row, with the row's maximum subtracted first; sums in double precision.</summary>
internal static class LogSoftmax
{
    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int width)
    {
        for (int start = 0; start < x.Length; start += width)
        {
            ReadOnlySpan<float> row = x.Slice(start, width);
            float greatest = Softmax.Greatest(row);
            double sum = 0;
            foreach (float value in row)
            {
                sum += MathF.Exp(value - greatest);
            }

            // Subtracted one after the other: greatest + log(sum) would lose the logarithm's digits when the logits are large.
            float logarithm = (float)Math.Log(sum);
            for (int i = 0; i < width; i++)
            {
                y[start + i] = row[i] - greatest - logarithm;
            }
        }
    }

    internal static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int width, bool accumulate)
    {
        for (int start = 0; start < y.Length; start += width)
        {
            double sum = 0;
            for (int i = start; i < start + width; i++)
            {
                sum += dy[i];
            }

            for (int i = start; i < start + width; i++)
            {
                float gradient = dy[i] - (MathF.Exp(y[i]) * (float)sum);
                dx[i] = accumulate ? dx[i] + gradient : gradient;
            }
        }
    }
}
