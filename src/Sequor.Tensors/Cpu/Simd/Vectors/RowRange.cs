namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>The rows of one item.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row behind the last.</param>
internal readonly record struct RowRange(long First, long End)
{
    internal static RowRange OfItem(int item, long rows, int rowsPerItem)
    {
        long first = (long)item * rowsPerItem;
        return new RowRange(first, Math.Min(rows, first + rowsPerItem));
    }
}
