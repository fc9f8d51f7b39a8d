using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void SlotAttention(in SlotPlan plan, in Matrix pairs, in Matrix output)
    {
        long positions = SumOf(plan.Lengths);
        long start = KernelClock.Now;
        _kernels.SlotAttention(plan, pairs, output);
        long read = 2L * positions * plan.Heads * plan.HeadWidth;
        _clock.Add(start, Count(pairs) + Count(output) + read, 2 * read);
    }

    public void TileAttention(in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights)
    {
        long positions = SumOf(plan.Lengths);
        long start = KernelClock.Now;
        _kernels.TileAttention(plan, queries, output, weights);
        long read = 2L * positions * plan.Heads * plan.HeadWidth;
        _clock.Add(start, Count(queries) + Count(output) + weights.Length + read, 2 * read);
    }

    public void WriteTiles(in TilePlan plan, in Matrix pairs, Storage<int> starts)
    {
        long start = KernelClock.Now;
        _kernels.WriteTiles(plan, pairs, starts);
        _clock.Add(start, 2 * Count(pairs));
    }

    public void BestOf(in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums)
    {
        long start = KernelClock.Now;
        _kernels.BestOf(logits, k, ids, logProbabilities, logSums);
        _clock.Add(start, Count(logits) + ids.Length + logProbabilities.Length);
    }

    private long SumOf(Storage<int> lengths)
    {
        if (_queryLengths.Length < lengths.Length)
        {
            (_queryLengths, _keyLengths) = (new int[2 * lengths.Length], new int[2 * lengths.Length]);
        }

        Span<int> here = _queryLengths.AsSpan(0, (int)lengths.Length);
        _device.Download(lengths, here);
        long sum = 0;
        foreach (int length in here)
        {
            sum += length;
        }

        return sum;
    }
}
