using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Dropout (Srivastava et al. 2014) with a mask that is computed, never stored.</summary>
internal static class Dropout
{
    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> residual, Span<float> y, int width, in DropoutMask mask)
    {
        for (int row = 0; row < x.Length / width; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int i = (row * width) + column;
                float kept = x[i] * Factor(mask, row, (uint)column);
                y[i] = residual.IsEmpty ? kept : residual[i] + kept;
            }
        }
    }

    internal static void Backward(ReadOnlySpan<float> dy, Span<float> dx, int width, in DropoutMask mask, bool accumulate)
    {
        for (int row = 0; row < dy.Length / width; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int i = (row * width) + column;
                float gradient = dy[i] * Factor(mask, row, (uint)column);
                dx[i] = accumulate ? dx[i] + gradient : gradient;
            }
        }
    }

    /// <summary>0 for what is dropped, 1 / (1 - p) for what is kept.</summary>
    internal static float Factor(in DropoutMask mask, int row, uint column)
    {
        if (mask.KeepsAll)
        {
            return 1;
        }

        uint hash = CounterHash.OfRow(mask.RowKeys.Span[row], mask.SiteKey).At(column);
        return hash >= CounterHash.Threshold(mask.Probability) ? CounterHash.KeptScale(mask.Probability) : 0;
    }
}
