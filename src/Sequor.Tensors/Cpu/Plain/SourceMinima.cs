using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>What two rows have in common over a source sentence, position by position: the coverage loss (See et al. 2017, eq. 12).</summary>
internal static class SourceMinima
{
    internal static void Forward(in SourcePlan plan, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            double sum = 0;
            for (int j = row * plan.Stride; j < (row * plan.Stride) + SourceProducts.Length(plan, row); j++)
            {
                sum += a[j] <= b[j] ? a[j] : b[j];
            }

            sums[row] = (float)sum;
        }
    }

    internal static void Backward(
        in SourcePlan plan, ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dSums, Span<float> da, Span<float> db)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            for (int j = row * plan.Stride; j < (row * plan.Stride) + SourceProducts.Length(plan, row); j++)
            {
                Span<float> smaller = a[j] <= b[j] ? da : db;
                if (!smaller.IsEmpty)
                {
                    smaller[j] += dSums[row];
                }
            }
        }
    }
}
