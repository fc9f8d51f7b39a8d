namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Rows of a table by number, and their gradient.</summary>
internal static class Embedding
{
    internal static void Gather(
        ReadOnlySpan<float> table, ReadOnlySpan<int> ids, float scale, Span<float> y, int width, bool accumulate)
    {
        for (int row = 0; row < ids.Length; row++)
        {
            Elementwise.Scale(table.Slice(ids[row] * width, width), scale, y.Slice(row * width, width), accumulate);
        }
    }

    internal static void ScatterAdd(ReadOnlySpan<float> dy, ReadOnlySpan<int> ids, float scale, Span<float> table, int width)
    {
        for (int row = 0; row < ids.Length; row++)
        {
            Elementwise.Scale(dy.Slice(row * width, width), scale, table.Slice(ids[row] * width, width), accumulate: true);
        }
    }
}
