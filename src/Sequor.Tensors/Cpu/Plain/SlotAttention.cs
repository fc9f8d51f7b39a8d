using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Scaled dot-product attention of one query per hypothesis to its own positions, which lie in slots.</summary>
internal static class SlotAttention
{
    internal static void Run(in SlotPlan plan, in Matrix pairs, in Matrix output)
    {
        int width = plan.Heads * plan.HeadWidth;
        for (int row = 0; row < plan.Rows; row++)
        {
            ReadOnlySpan<float> own = pairs.Storage.Span.Slice(checked((int)(row * pairs.RowStride)), 3 * width);
            int length = plan.Lengths.Span[row];
            own[width..].CopyTo(Slot(plan, row, length - 1));
            for (int head = 0; head < plan.Heads; head++)
            {
                Span<float> result = output.Storage.Span.Slice(checked((int)((row * output.RowStride) + (head * plan.HeadWidth))), plan.HeadWidth);
                Read(plan, row, head, own.Slice(head * plan.HeadWidth, plan.HeadWidth), new float[length], result);
            }
        }
    }

    private static void Read(in SlotPlan plan, int row, int head, ReadOnlySpan<float> query, Span<float> weights, Span<float> result)
    {
        int keys = head * plan.HeadWidth;
        int values = keys + (plan.Heads * plan.HeadWidth);
        for (int s = 0; s < weights.Length; s++)
        {
            weights[s] = Chain(query, Slot(plan, row, s).Slice(keys, plan.HeadWidth)) * plan.Scale;
        }

        Softmax.Row(weights, weights);
        result.Clear();
        for (int s = 0; s < weights.Length; s++)
        {
            ReadOnlySpan<float> value = Slot(plan, row, s).Slice(values, plan.HeadWidth);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = MathF.FusedMultiplyAdd(weights[s], value[i], result[i]);
            }
        }
    }

    /// <summary>The sum of products, one chain of multiply-adds from the first to the last.</summary>
    private static float Chain(ReadOnlySpan<float> query, ReadOnlySpan<float> key)
    {
        float sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            sum = MathF.FusedMultiplyAdd(query[i], key[i], sum);
        }

        return sum;
    }

    private static Span<float> Slot(in SlotPlan plan, int row, int position)
    {
        int slot = plan.Slots.Span[(row * plan.Stride) + position];
        nint block = plan.Blocks.Span[slot / SlotPlan.SlotsPerBlock];
        return new Storage<float>(block + (nint)(plan.OffsetOf(slot) * sizeof(float)), 2L * plan.Heads * plan.HeadWidth).Span;
    }
}
