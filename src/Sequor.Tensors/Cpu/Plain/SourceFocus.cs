using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Weights that fall off around a centre as a Gaussian does (Luong et al. 2015, eq. 10), and their gradients.</summary>
internal static class SourceFocus
{
    internal static void Forward(in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> centres, float deviation, Span<float> result)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            Span<float> results = SourceProducts.Row(plan, result, row);
            int length = SourceProducts.Length(plan, row);
            for (int j = 0; j < length; j++)
            {
                results[j] = weights[(row * plan.Stride) + j] * Nearness(j, centres[row], deviation);
            }

            results[length..].Clear();
        }
    }

    internal static void Backward(
        in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> centres, float deviation, ReadOnlySpan<float> dResult,
        Span<float> dWeights, Span<float> dCentres)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            double dCentre = 0;
            for (int j = 0; j < SourceProducts.Length(plan, row); j++)
            {
                int place = (row * plan.Stride) + j;
                float slope = dResult[place] * Nearness(j, centres[row], deviation);
                if (!dWeights.IsEmpty)
                {
                    dWeights[place] += slope;
                }

                dCentre += (double)slope * weights[place] * (j - centres[row]) / (deviation * deviation);
            }

            if (!dCentres.IsEmpty)
            {
                dCentres[row] += (float)dCentre;
            }
        }
    }

    private static float Nearness(int position, float centre, float deviation)
    {
        float distance = position - centre;
        return MathF.Exp(-distance * distance / (2 * deviation * deviation));
    }
}
