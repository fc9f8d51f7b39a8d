using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Softmax of each row of scores over its own source sentence, or over a window of it, and its gradient.</summary>
internal static class SourceSoftmax
{
    internal static void Forward(in SourcePlan plan, ReadOnlySpan<float> scores, ReadOnlySpan<float> centres, float reach, Span<float> weights)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            (int first, int end) = (0, SourceProducts.Length(plan, row));
            if (!centres.IsEmpty)
            {
                (first, end) = Window(centres[row], reach, end);
            }

            Span<float> results = SourceProducts.Row(plan, weights, row);
            Softmax.Row(scores.Slice((row * plan.Stride) + first, end - first), results[first..end]);
            results[..first].Clear();
            results[end..].Clear();
        }
    }

    internal static void Backward(
        in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> dWeights, Span<float> dScores, bool accumulate)
    {
        for (int row = 0; row < plan.Rows * plan.Heads; row++)
        {
            int length = SourceProducts.Length(plan, row);
            int start = row * plan.Stride;
            Softmax.Backward(weights.Slice(start, length), dWeights.Slice(start, length), dScores.Slice(start, length), length, accumulate);
            SourceProducts.Clear(dScores.Slice(start + length, plan.Stride - length), accumulate);
        }
    }

    /// <summary>The positions of a sentence within reach of a centre; the one nearest to it where there are none.</summary>
    internal static (int First, int End) Window(float centre, float reach, int length)
    {
        int first = Math.Max(0, (int)MathF.Ceiling(centre - reach));
        int last = Math.Min(length - 1, (int)MathF.Floor(centre + reach));
        if (first > last)
        {
            first = last = first >= length ? length - 1 : 0;
        }

        return (first, last + 1);
    }
}
