using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>Attention of about 4,000 query rows in sentences of one length, width 128, 4 heads; times are given per attention weight.</summary>
internal static class AttentionCases
{
    private const int Rows = 4000;
    private const int Width = 128;
    private const int Heads = 4;

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        .. from length in (int[])[10, 14, 40, 200]
           from backward in (bool[])[false, true]
           select Case(length, backward),
    ];

    private static KernelCase Case(int length, bool backward)
    {
        int sentences = Rows / length;
        long weights = (long)sentences * Heads * length * length;
        long bytes = sizeof(float) * (((backward ? 7L : 4L) * sentences * length * Width) + weights);
        return new(backward ? "attention, backward" : "attention", $"{sentences} × {length}, 4 × 32", weights, bytes, operands => Prepare(operands, sentences, length, backward));
    }

    private static KernelWork Prepare(Operands operands, int sentences, int length, bool backward)
    {
        int rows = sentences * length;
        int paddedLength = (length + AttentionPlan.RowMultiple - 1) / AttentionPlan.RowMultiple * AttentionPlan.RowMultiple;
        int[] starts = [.. Enumerable.Range(0, sentences).Select(sentence => sentence * length)];
        int[] lengths = [.. Enumerable.Repeat(length, sentences)];
        long[] weightStarts = [.. Enumerable.Range(0, sentences + 1).Select(sentence => (long)sentence * Heads * length * paddedLength)];
        Storage<int> startsThere = operands.Copy<int>(starts);
        Storage<int> lengthsThere = operands.Copy<int>(lengths);
        AttentionPlan plan = new(
            sentences, startsThere, lengthsThere, startsThere, lengthsThere, operands.Copy<long>(weightStarts), Heads, Width / Heads,
            1 / MathF.Sqrt(Width / Heads), Causal: false, new DropoutMask(operands.Keys(rows), 7, 0));
        Matrix all = operands.Rows(rows, 3 * Width);
        (Matrix queries, Matrix keys, Matrix values) = (all.ColumnRange(0, Width), all.ColumnRange(Width, Width), all.ColumnRange(2 * Width, Width));
        Matrix output = operands.Rows(rows, Width);
        Storage<float> probabilities = operands.Positives(weightStarts[^1]);
        if (!backward)
        {
            return new(k => k.Attention(plan, queries, keys, values, output, probabilities));
        }

        Matrix gradients = operands.Rows(rows, 3 * Width);
        return new(k => k.AttentionBackward(
            plan, queries, keys, values, probabilities, output,
            gradients.ColumnRange(0, Width), gradients.ColumnRange(Width, Width), gradients.ColumnRange(2 * Width, Width), false));
    }
}
