using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void Gather(Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.Gather(table, ids, scale, y, width, accumulate);
        _clock.Add(start, ids.Length + y.Length + Written(y, accumulate));
    }

    public void ScatterAdd(Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width)
    {
        long start = KernelClock.Now;
        _kernels.ScatterAdd(dy, ids, scale, table, width);
        _clock.Add(start, ids.Length + (3 * dy.Length));
    }

    public void Attention(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output, Storage<float> probabilities)
    {
        long pairs = PairsOf(plan);
        long start = KernelClock.Now;
        _kernels.Attention(plan, queries, keys, values, output, probabilities);

        // Scores and the weighted sum: two products over each pair of positions that see each other.
        _clock.Add(
            start, Count(queries) + Count(keys) + Count(values) + Count(output) + probabilities.Length, 4 * pairs * plan.Heads * plan.HeadWidth);
    }

    public void AttentionBackward(
        in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, Storage<float> probabilities, in Matrix dOutput,
        in Matrix dQueries, in Matrix dKeys, in Matrix dValues, bool accumulate)
    {
        long pairs = PairsOf(plan);
        long start = KernelClock.Now;
        _kernels.AttentionBackward(plan, queries, keys, values, probabilities, dOutput, dQueries, dKeys, dValues, accumulate);
        long read = Count(queries) + Count(keys) + Count(values) + Count(dOutput) + probabilities.Length;
        long written = Written(dQueries, accumulate) + Written(dKeys, accumulate) + Written(dValues, accumulate);
        _clock.Add(start, read + written, 8 * pairs * plan.Heads * plan.HeadWidth);
    }

    public void Rotate(in Matrix x, in Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse)
    {
        long start = KernelClock.Now;
        _kernels.Rotate(x, y, positions, headWidth, wavelengthBase, inverse);
        _clock.Add(start, Count(x) + Count(y) + positions.Length);
    }

    /// <summary>How many pairs of a query and a key see each other, in all sentences together.</summary>
    private long PairsOf(in AttentionPlan plan)
    {
        if (_queryLengths.Length < plan.Sentences)
        {
            (_queryLengths, _keyLengths) = (new int[2 * plan.Sentences], new int[2 * plan.Sentences]);
        }

        _device.Download(plan.QueryLengths, _queryLengths.AsSpan(0, plan.Sentences));
        _device.Download(plan.KeyLengths, _keyLengths.AsSpan(0, plan.Sentences));
        long pairs = 0;
        for (int sentence = 0; sentence < plan.Sentences; sentence++)
        {
            (long queries, long keys) = (_queryLengths[sentence], _keyLengths[sentence]);

            // The last query sees all keys, the one before it one key less, and so on.
            pairs += (queries * keys) - (plan.Causal ? queries * (queries - 1) / 2 : 0);
        }

        return pairs;
    }
}
