using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Filters over each row of attention weights (Chorowski et al. 2015, eq. 8), and their gradients.</summary>
internal static class LocationFeatures
{
    internal static void Forward(in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> filters, int width, Span<float> features)
    {
        int count = filters.Length / width;
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            int length = SourceProducts.Length(plan, row);
            for (int j = 0; j < plan.Stride; j++)
            {
                for (int k = 0; k < count; k++)
                {
                    float sum = 0;
                    for (int i = 0; j < length && i < width; i++)
                    {
                        int from = j + i - ((width - 1) / 2);
                        float weight = from >= 0 && from < length ? weights[(row * plan.Stride) + from] : 0;
                        sum = MathF.FusedMultiplyAdd(weight, filters[(k * width) + i], sum);
                    }

                    features[(((row * plan.Stride) + j) * count) + k] = sum;
                }
            }
        }
    }

    internal static void Backward(
        in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> filters, int width, ReadOnlySpan<float> dFeatures,
        Span<float> dWeights, Span<float> dFilters)
    {
        int count = filters.Length / width;
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            int length = SourceProducts.Length(plan, row);
            for (int j = 0; j < length; j++)
            {
                // What each filter saw from here, within the sentence.
                int first = Math.Max(0, ((width - 1) / 2) - j);
                int end = Math.Min(width, length - j + ((width - 1) / 2));
                for (int i = first; i < end; i++)
                {
                    int from = (row * plan.Stride) + j + i - ((width - 1) / 2);
                    for (int k = 0; k < count; k++)
                    {
                        float slope = dFeatures[(((row * plan.Stride) + j) * count) + k];
                        Add(dWeights, from, slope * filters[(k * width) + i]);
                        Add(dFilters, (k * width) + i, slope * weights[from]);
                    }
                }
            }
        }
    }

    private static void Add(Span<float> gradient, int place, float value)
    {
        if (!gradient.IsEmpty)
        {
            gradient[place] += value;
        }
    }
}
