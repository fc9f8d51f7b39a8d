using System.Buffers;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017, eq. 1): softmax(scale · QKᵀ) V, sentence by sentence, head by head.</summary>
internal static class Attention
{
    internal static void Forward(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output, Span<float> probabilities)
    {
        for (int sentence = 0; sentence < plan.Sentences; sentence++)
        {
            int keyLength = plan.KeyLengths.Span[sentence];
            float[] weights = ArrayPool<float>.Shared.Rent(RowLength(keyLength));
            for (int head = 0; head < plan.Heads; head++)
            {
                for (int t = 0; t < plan.QueryLengths.Span[sentence]; t++)
                {
                    Span<float> row = weights.AsSpan(0, RowLength(keyLength));
                    Weigh(plan, sentence, head, t, queries, keys, row);
                    if (!probabilities.IsEmpty)
                    {
                        row.CopyTo(ProbabilityRow(plan, sentence, head, t, probabilities));
                    }

                    Mix(plan, sentence, head, t, row, values, output);
                }
            }

            ArrayPool<float>.Shared.Return(weights);
        }
    }

    /// <summary>A row of weights is padded with zeros to a multiple of <see cref="AttentionPlan.RowMultiple"/>.</summary>
    internal static int RowLength(int keyLength) =>
        (keyLength + AttentionPlan.RowMultiple - 1) / AttentionPlan.RowMultiple * AttentionPlan.RowMultiple;

    /// <summary>How many keys query row t sees, from the first.</summary>
    internal static int Visible(in AttentionPlan plan, int sentence, int t)
    {
        int keyLength = plan.KeyLengths.Span[sentence];
        int last = keyLength - plan.QueryLengths.Span[sentence] + t;
        return plan.Causal ? Math.Clamp(last + 1, 0, keyLength) : keyLength;
    }

    internal static Span<float> ProbabilityRow(in AttentionPlan plan, int sentence, int head, int t, Span<float> probabilities)
    {
        int rowLength = RowLength(plan.KeyLengths.Span[sentence]);
        long row = ((long)head * plan.QueryLengths.Span[sentence]) + t;
        return probabilities.Slice(checked((int)(plan.ProbabilityStarts.Span[sentence] + (row * rowLength))), rowLength);
    }

    /// <summary>The factor of dropout on the weight of one key.</summary>
    internal static float Kept(in AttentionPlan plan, int queryRow, int head, int s) =>
        Dropout.Factor(plan.Dropout, queryRow, ((uint)head * 65536) + (uint)s);

    private static void Weigh(
        in AttentionPlan plan, int sentence, int head, int t, in Matrix queries, in Matrix keys, Span<float> weights)
    {
        int queryRow = plan.QueryStarts.Span[sentence] + t;
        int keyRow = plan.KeyStarts.Span[sentence];
        int firstColumn = head * plan.HeadWidth;
        int visible = Visible(plan, sentence, t);
        weights.Clear();
        for (int s = 0; s < visible; s++)
        {
            float score = 0;
            for (int i = firstColumn; i < firstColumn + plan.HeadWidth; i++)
            {
                score = MathF.FusedMultiplyAdd(
                    queries.Storage.Span[MatMul.At(queries, queryRow, i)], keys.Storage.Span[MatMul.At(keys, keyRow + s, i)], score);
            }

            weights[s] = score * plan.Scale;
        }

        Softmax.Row(weights[..visible], weights[..visible]);
    }

    private static void Mix(
        in AttentionPlan plan, int sentence, int head, int t, ReadOnlySpan<float> weights, in Matrix values, in Matrix output)
    {
        int queryRow = plan.QueryStarts.Span[sentence] + t;
        int keyRow = plan.KeyStarts.Span[sentence];
        int visible = Visible(plan, sentence, t);
        for (int i = head * plan.HeadWidth; i < (head + 1) * plan.HeadWidth; i++)
        {
            float sum = 0;
            for (int s = 0; s < visible; s++)
            {
                float weight = weights[s] * Kept(plan, queryRow, head, s);
                sum = MathF.FusedMultiplyAdd(weight, values.Storage.Span[MatMul.At(values, keyRow + s, i)], sum);
            }

            output.Storage.Span[MatMul.At(output, queryRow, i)] = sum;
        }
    }
}
