using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The best columns of each row with their log-probabilities.</summary>
internal static class BestOf
{
    internal static void Run(in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums)
    {
        float[] all = new float[logits.Columns];
        for (int row = 0; row < logits.Rows; row++)
        {
            ReadOnlySpan<float> x = logits.Storage.Span.Slice(checked((int)(row * logits.RowStride)), logits.Columns);
            LogSoftmax.Forward(x, all, all.Length);
            Span<int> best = ids.Span.Slice(row * k, k);
            Span<float> values = logProbabilities.Span.Slice(row * k, k);
            float greatest = Softmax.Greatest(x);
            if (!float.IsFinite(greatest))
            {
                values.Fill(float.NaN);
                best.Clear();
                logSums.Span[row] = float.NaN;
                continue;
            }

            Choose(all, best, values);
            double sum = 0;
            foreach (float value in x)
            {
                sum += MathF.Exp(value - greatest);
            }

            logSums.Span[row] = greatest + (float)Math.Log(sum);
        }
    }

    private static void Choose(ReadOnlySpan<float> all, Span<int> best, Span<float> values)
    {
        int count = 0;
        for (int id = 0; id < all.Length; id++)
        {
            if (count == best.Length && !(all[id] > values[^1]))
            {
                continue;
            }

            int place = count < best.Length ? count++ : count - 1;
            for (; place > 0 && all[id] > values[place - 1]; place--)
            {
                (best[place], values[place]) = (best[place - 1], values[place - 1]);
            }

            (best[place], values[place]) = (id, all[id]);
        }
    }
}
