using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The products of query rows with the positions of the source sentence that each reads, head by head.</summary>
internal static class SourceProducts
{
    internal static void Dots(
        in SourcePlan plan, ReadOnlySpan<float> rows, ReadOnlySpan<float> keys, int width, float scale, Span<float> scores, bool accumulate)
    {
        int headWidth = width / plan.Heads;
        for (int scoreRow = 0; scoreRow < plan.Rows * plan.Heads; scoreRow++)
        {
            Span<float> results = Row(plan, scores, scoreRow);
            ReadOnlySpan<float> query = rows.Slice(scoreRow * headWidth, headWidth);
            for (int j = 0; j < Length(plan, scoreRow); j++)
            {
                float sum = 0;
                for (int i = 0; i < headWidth; i++)
                {
                    sum = MathF.FusedMultiplyAdd(query[i], keys[At(plan, scoreRow, j, width, i)], sum);
                }

                results[j] = accumulate ? results[j] + (scale * sum) : scale * sum;
            }

            Clear(results[Length(plan, scoreRow)..], accumulate);
        }
    }

    internal static void Sums(
        in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> values, int width, float scale, Span<float> output, bool accumulate)
    {
        int headWidth = width / plan.Heads;
        for (int scoreRow = 0; scoreRow < plan.Rows * plan.Heads; scoreRow++)
        {
            for (int i = 0; i < headWidth; i++)
            {
                float sum = 0;
                for (int j = 0; j < Length(plan, scoreRow); j++)
                {
                    sum = MathF.FusedMultiplyAdd(weights[(scoreRow * plan.Stride) + j], values[At(plan, scoreRow, j, width, i)], sum);
                }

                ref float result = ref output[(scoreRow * headWidth) + i];
                result = accumulate ? result + (scale * sum) : scale * sum;
            }
        }
    }

    internal static void Spread(
        in SourcePlan plan, ReadOnlySpan<float> weights, ReadOnlySpan<float> rows, int width, float scale, Span<float> target)
    {
        int headWidth = width / plan.Heads;
        for (int scoreRow = 0; scoreRow < plan.Rows * plan.Heads; scoreRow++)
        {
            for (int j = 0; j < Length(plan, scoreRow); j++)
            {
                float weight = scale * weights[(scoreRow * plan.Stride) + j];
                for (int i = 0; i < headWidth; i++)
                {
                    ref float result = ref target[At(plan, scoreRow, j, width, i)];
                    result = MathF.FusedMultiplyAdd(weight, rows[(scoreRow * headWidth) + i], result);
                }
            }
        }
    }

    /// <summary>The positions of the sentence that a row of scores is about.</summary>
    internal static int Length(in SourcePlan plan, int scoreRow) => plan.Lengths.Span[scoreRow / plan.Heads];

    /// <summary>A row of scores in all its columns.</summary>
    internal static Span<float> Row(in SourcePlan plan, Span<float> scores, int scoreRow) => scores.Slice(scoreRow * plan.Stride, plan.Stride);

    /// <summary>Columns behind the sentence: nothing is ever added to them.</summary>
    internal static void Clear(Span<float> behind, bool accumulate)
    {
        if (!accumulate)
        {
            behind.Clear();
        }
    }

    private static int At(in SourcePlan plan, int scoreRow, int j, int width, int i) =>
        ((plan.Starts.Span[scoreRow / plan.Heads] + j) * width) + (scoreRow % plan.Heads * (width / plan.Heads)) + i;
}
