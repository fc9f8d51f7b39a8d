using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Zoneout (Krueger et al. 2017): some elements of a state stay as they were.</summary>
internal static class Zoneout
{
    internal static void Forward(ReadOnlySpan<float> previous, ReadOnlySpan<float> x, Span<float> y, int width, in DropoutMask mask)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float stays = Stays(mask, i / width, i % width);
            y[i] = stays == 0 ? x[i] : stays == 1 ? previous[i] : x[i] + (stays * (previous[i] - x[i]));
        }
    }

    internal static void Backward(Span<float> dy, Span<float> dPrevious, int width, in DropoutMask mask)
    {
        for (int i = 0; i < dy.Length; i++)
        {
            float stays = Stays(mask, i / width, i % width);
            if (!dPrevious.IsEmpty)
            {
                dPrevious[i] += stays * dy[i];
            }

            dy[i] *= 1 - stays;
        }
    }

    /// <summary>How much of an element stays: all or nothing in training, the chance of it otherwise.</summary>
    private static float Stays(in DropoutMask mask, int row, int column)
    {
        if (mask.RowKeys.IsEmpty)
        {
            return mask.Probability;
        }

        uint hash = CounterHash.OfRow(mask.RowKeys.Span[row], mask.SiteKey).At((uint)column);
        return hash < CounterHash.Threshold(mask.Probability) ? 1 : 0;
    }
}
