using System.Buffers;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Every position of a sentence reads the positions of the same sentence (Vaswani et al. 2017, §3.2).</summary>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <param name="heads">The number of heads, H; D must be a multiple of it.</param>
    /// <param name="causal">Whether a position reads only itself and earlier ones.</param>
    /// <param name="dropout">The chance that an attention weight is dropped, 0 (inclusive) to 1 (exclusive).</param>
    /// <returns>[N, D], where this is [N, 3D]: queries, keys and values side by side.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor SelfAttention(SequenceLayout layout, int heads, bool causal, float dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        int width = Shape.Width / 3;
        ShapeErrors.CheckWidth("SelfAttention", "the input", Shape, 3 * width);
        ShapeErrors.CheckRows("SelfAttention", "the input", Shape, layout.Rows);
        AttentionPlan plan = PlanFor(layout, layout, width, heads, causal, dropout, out long weightCount);
        Tensor result = Op.Result([layout.Rows, width], out bool recorded, this);
        Storage<float> weights = Op.Saved(recorded, result, weightCount);
        Matrix all = AsMatrix();
        Kernels.Attention(
            plan, all.ColumnRange(0, width), all.ColumnRange(width, width), all.ColumnRange(2 * width, width), result.AsMatrix(), weights);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = SelfAttentionBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                Saved = weights,
                OwnsSaved = true,
                Plan = plan,
            });
        }

        return result;
    }

    /// <summary>Every target position reads all positions of its source sentence.</summary>
    /// <param name="queryLayout">The target sentences, whose rows these are.</param>
    /// <param name="keysAndValues">[M, 2D], keys and values side by side, where this is [N, D].</param>
    /// <param name="keyLayout">The source sentences, as many as target sentences.</param>
    /// <param name="heads">The number of heads, H; D must be a multiple of it.</param>
    /// <param name="dropout">The chance that an attention weight is dropped, 0 (inclusive) to 1 (exclusive).</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CrossAttention(SequenceLayout queryLayout, Tensor keysAndValues, SequenceLayout keyLayout, int heads, float dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(queryLayout);
        ArgumentNullException.ThrowIfNull(keyLayout);
        int width = Shape.Width;
        ShapeErrors.CheckWidth("CrossAttention", "the keys and values", keysAndValues.Shape, 2 * width);
        ShapeErrors.CheckRows("CrossAttention", "the queries", Shape, queryLayout.Rows);
        ShapeErrors.CheckRows("CrossAttention", "the keys and values", keysAndValues.Shape, keyLayout.Rows);
        AttentionPlan plan = PlanFor(queryLayout, keyLayout, width, heads, false, dropout, out long weightCount);
        Tensor result = Op.Result(Shape, out bool recorded, this, keysAndValues);
        Storage<float> weights = Op.Saved(recorded, result, weightCount);
        Matrix pairs = keysAndValues.AsMatrix();
        Kernels.Attention(plan, AsMatrix(), pairs.ColumnRange(0, width), pairs.ColumnRange(width, width), result.AsMatrix(), weights);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = CrossAttentionBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = keysAndValues,
                Saved = weights,
                OwnsSaved = true,
                Plan = plan,
            });
        }

        return result;
    }

    private static void SelfAttentionBackward(in TapeEntry entry, Gradients gradients)
    {
        int width = entry.Output.Shape.Width;
        Matrix all = entry.A.AsMatrix();
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        var d = new Matrix(slot, all.Rows, all.Columns);
        entry.Output.Kernels.AttentionBackward(
            entry.Plan, all.ColumnRange(0, width), all.ColumnRange(width, width), all.ColumnRange(2 * width, width), entry.Saved,
            new Matrix(gradients.Of(entry.Output), all.Rows, width),
            d.ColumnRange(0, width), d.ColumnRange(width, width), d.ColumnRange(2 * width, width), accumulate);
    }

    private static void CrossAttentionBackward(in TapeEntry entry, Gradients gradients)
    {
        int width = entry.Output.Shape.Width;
        Matrix pairs = entry.B.AsMatrix();
        Storage<float> dQueries = SlotOrScratch(entry.A, gradients, out bool addQueries);
        Storage<float> dPairs = SlotOrScratch(entry.B, gradients, out bool addPairs);
        bool accumulate = addQueries || addPairs;
        ClearIf(accumulate && !addQueries, entry.A, dQueries);
        ClearIf(accumulate && !addPairs, entry.B, dPairs);
        var d = new Matrix(dPairs, pairs.Rows, pairs.Columns);
        entry.Output.Kernels.AttentionBackward(
            entry.Plan, entry.A.AsMatrix(), pairs.ColumnRange(0, width), pairs.ColumnRange(width, width), entry.Saved,
            new Matrix(gradients.Of(entry.Output), entry.A.Shape.Rows, width),
            new Matrix(dQueries, entry.A.Shape.Rows, width), d.ColumnRange(0, width), d.ColumnRange(width, width), accumulate);
        ReleaseScratch(entry.A, dQueries, gradients);
        ReleaseScratch(entry.B, dPairs, gradients);
    }

    /// <summary>The kernel writes both gradients at once: an input that wants none gets memory that is thrown away.</summary>
    private static Storage<float> SlotOrScratch(Tensor tensor, Gradients gradients, out bool accumulate)
    {
        accumulate = false;
        return Gradients.Wants(tensor) ? gradients.Slot(tensor, out accumulate) : gradients.Take(tensor.Shape.Count);
    }

    private static void ReleaseScratch(Tensor tensor, Storage<float> storage, Gradients gradients)
    {
        if (!Gradients.Wants(tensor))
        {
            gradients.Release(storage);
        }
    }

    private static void ClearIf(bool condition, Tensor tensor, Storage<float> slot)
    {
        if (condition)
        {
            tensor.Kernels.Fill(slot, 0);
        }
    }

    private static AttentionPlan PlanFor(
        SequenceLayout queries, SequenceLayout keys, int width, int heads, bool causal, float dropout, out long weightCount)
    {
        CheckHeads(width, heads);
        if (queries.Count != keys.Count)
        {
            throw new ShapeException($"Attention from {queries.Count} target sentences to {keys.Count} source sentences: there must be as many.");
        }

        int count = queries.Count;
        long[] rented = ArrayPool<long>.Shared.Rent(count + 1);
        Span<long> starts = rented.AsSpan(0, count + 1);
        starts[0] = 0;
        for (int i = 0; i < count; i++)
        {
            starts[i + 1] = starts[i] + ((long)heads * queries.Lengths[i] * RoundedUp(keys.Lengths[i]));
        }

        weightCount = starts[count];
        Storage<long> weightStarts = queries.Step.Upload<long>(starts);
        ArrayPool<long>.Shared.Return(rented);
        int headWidth = width / heads;
        return new AttentionPlan(
            count, queries.StartStorage, queries.LengthStorage, keys.StartStorage, keys.LengthStorage, weightStarts,
            heads, headWidth, 1 / MathF.Sqrt(headWidth), causal, MaskFor(dropout, queries));
    }

    private static void CheckHeads(int width, int heads)
    {
        if (heads < 1 || width % heads != 0)
        {
            ShapeErrors.HeadsDoNotDivide(width, heads);
        }
    }

    private static int RoundedUp(int length) =>
        (length + AttentionPlan.RowMultiple - 1) / AttentionPlan.RowMultiple * AttentionPlan.RowMultiple;
}
