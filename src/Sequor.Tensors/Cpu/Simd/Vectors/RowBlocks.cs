using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>
/// Sums over rows in two steps: each block of rows into sums of its own, then the blocks in rising order. How many blocks there are
/// depends on the number of rows only, so every thread count adds in the same order.
/// </summary>
internal static unsafe class RowBlocks
{
    private const int MaximumBlocks = 16;
    private const int MinimumRows = 64;

    internal static int RowsPerBlock(long rows) => (int)Math.Max(MinimumRows, (rows + MaximumBlocks - 1) / MaximumBlocks);

    internal static int Blocks(long rows) => VectorWork.Items(rows, RowsPerBlock(rows));

    /// <summary>Room for the sums of all blocks, [blocks, width], borrowed from the calling thread, all 0.</summary>
    internal static float* Clear(long rows, int width)
    {
        long floats = Blocks(rows) * (long)width;
        float* sums = Scratch.Floats(ScratchPlace.Kernel, floats);
        new Span<float>(sums, checked((int)floats)).Clear();
        return sums;
    }

    /// <summary>total (+)= the blocks' sums, of which this run starts at a column.</summary>
    internal static void Join(float* sums, long rows, int width, int column, Span<float> total, bool accumulate)
    {
        if (!accumulate)
        {
            total.Clear();
        }

        for (int block = 0; block < Blocks(rows); block++)
        {
            float* part = sums + ((long)block * width) + column;
            for (int i = 0; i < total.Length; i++)
            {
                total[i] += part[i];
            }
        }
    }
}
