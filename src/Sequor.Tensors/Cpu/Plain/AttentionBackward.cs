using System.Buffers;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>
/// The gradients of <see cref="Attention"/>. With P the weights and D their dropout factors (0 or 1 / (1 - p)):
/// dV = (P·D)ᵀ dO; dP = D · (dO Vᵀ); dS = P · (dP - Σ P·dP); dQ = scale · dS K; dK = scale · dSᵀ Q.
/// </summary>
internal static class AttentionBackward
{
    internal static void Run(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, Span<float> probabilities, in Matrix dOutput,
        in Matrix dQueries, in Matrix dKeys, in Matrix dValues, bool accumulate)
    {
        int columns = plan.Heads * plan.HeadWidth;
        for (int sentence = 0; sentence < plan.Sentences; sentence++)
        {
            int keyLength = plan.KeyLengths.Span[sentence];
            if (!accumulate)
            {
                Clear(dQueries, plan.QueryStarts.Span[sentence], plan.QueryLengths.Span[sentence], columns);
                Clear(dKeys, plan.KeyStarts.Span[sentence], keyLength, columns);
                Clear(dValues, plan.KeyStarts.Span[sentence], keyLength, columns);
            }

            float[] dWeights = ArrayPool<float>.Shared.Rent(keyLength);
            for (int head = 0; head < plan.Heads; head++)
            {
                for (int t = 0; t < plan.QueryLengths.Span[sentence]; t++)
                {
                    ReadOnlySpan<float> weights = Attention.ProbabilityRow(plan, sentence, head, t, probabilities);
                    ToValues(plan, sentence, head, t, weights, values, dOutput, dValues, dWeights);
                    ToScores(weights[..Attention.Visible(plan, sentence, t)], dWeights);
                    ToQueriesAndKeys(plan, sentence, head, t, dWeights, queries, keys, dQueries, dKeys);
                }
            }

            ArrayPool<float>.Shared.Return(dWeights);
        }
    }

    private static void ToValues(
        in AttentionPlan plan, int sentence, int head, int t, ReadOnlySpan<float> weights,
        in Matrix values, in Matrix dOutput, in Matrix dValues, Span<float> dWeights)
    {
        int queryRow = plan.QueryStarts.Span[sentence] + t;
        int keyRow = plan.KeyStarts.Span[sentence];
        for (int s = 0; s < Attention.Visible(plan, sentence, t); s++)
        {
            float kept = Attention.Kept(plan, queryRow, head, s);
            float sum = 0;
            for (int i = head * plan.HeadWidth; i < (head + 1) * plan.HeadWidth; i++)
            {
                float gradient = dOutput.Storage.Span[MatMul.At(dOutput, queryRow, i)];
                sum = MathF.FusedMultiplyAdd(gradient, values.Storage.Span[MatMul.At(values, keyRow + s, i)], sum);
                ref float dValue = ref dValues.Storage.Span[MatMul.At(dValues, keyRow + s, i)];
                dValue = MathF.FusedMultiplyAdd(weights[s] * kept, gradient, dValue);
            }

            dWeights[s] = sum * kept;
        }
    }

    private static void ToScores(ReadOnlySpan<float> weights, Span<float> gradients)
    {
        double dot = 0;
        for (int s = 0; s < weights.Length; s++)
        {
            dot += (double)weights[s] * gradients[s];
        }

        for (int s = 0; s < weights.Length; s++)
        {
            gradients[s] = weights[s] * (gradients[s] - (float)dot);
        }
    }

    private static void ToQueriesAndKeys(
        in AttentionPlan plan, int sentence, int head, int t, ReadOnlySpan<float> dScores,
        in Matrix queries, in Matrix keys, in Matrix dQueries, in Matrix dKeys)
    {
        int queryRow = plan.QueryStarts.Span[sentence] + t;
        int keyRow = plan.KeyStarts.Span[sentence];
        for (int s = 0; s < Attention.Visible(plan, sentence, t); s++)
        {
            float gradient = plan.Scale * dScores[s];
            for (int i = head * plan.HeadWidth; i < (head + 1) * plan.HeadWidth; i++)
            {
                ref float dQuery = ref dQueries.Storage.Span[MatMul.At(dQueries, queryRow, i)];
                dQuery = MathF.FusedMultiplyAdd(gradient, keys.Storage.Span[MatMul.At(keys, keyRow + s, i)], dQuery);
                ref float dKey = ref dKeys.Storage.Span[MatMul.At(dKeys, keyRow + s, i)];
                dKey = MathF.FusedMultiplyAdd(gradient, queries.Storage.Span[MatMul.At(queries, queryRow, i)], dKey);
            }
        }
    }

    private static void Clear(in Matrix matrix, int firstRow, int rows, int columns)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                matrix.Storage.Span[MatMul.At(matrix, row, column)] = 0;
            }
        }
    }
}
