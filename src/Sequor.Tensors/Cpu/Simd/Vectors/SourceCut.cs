using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>
/// How work over query rows and their source sentences falls into items, by shape alone. Where only rows are written, rows are dealt out; where source
/// positions are written, whole sentences, so that no two items write to the same place and each sentence's readers come in rising order.
/// </summary>
/// <param name="Units">Rows or sentences.</param>
/// <param name="Items">Items that they make.</param>
internal readonly record struct SourceCut(int Units, int Items)
{
    internal static SourceCut Rows(in SourcePlan plan, int width, int most = int.MaxValue) =>
        new(plan.Rows, Count(plan, width, Math.Min(most, plan.Rows)));

    internal static SourceCut Sentences(in SourcePlan plan, int width, int most = int.MaxValue) =>
        new(plan.Groups, Count(plan, width, Math.Min(most, plan.Groups)));

    /// <summary>The first unit of an item; the item's units end where those of the next begin.</summary>
    internal int First(int item) => (int)((long)Units * item / Items);

    private static int Count(in SourcePlan plan, int width, int most) =>
        (int)Math.Max(1, Math.Min(plan.Positions * width / VectorWork.ItemFloats, most));
}
