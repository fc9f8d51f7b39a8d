using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Normal noise, rows side by side: the numbers themselves need double precision, so each row is the plain loop.</summary>
internal static class Noise
{
    internal static void Add(WorkerPool pool, Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey) =>
        pool.Run(new Work(x, deviation, width, rowKeys, siteKey), VectorWork.Items(rowKeys.Length, RowsPerItem(width)));

    // A logarithm and a cosine cost as much as some tens of other elements.
    private static int RowsPerItem(int width) => VectorWork.RowsPerItem(32 * width);

    private readonly struct Work(Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey) : IWork
    {
        public void Run(int item)
        {
            RowRange rows = RowRange.OfItem(item, rowKeys.Length, RowsPerItem(width));
            long count = rows.End - rows.First;
            Plain.Noise.Add(x.Slice(rows.First * width, count * width).Span, deviation, width, rowKeys.Slice(rows.First, count).Span, siteKey);
        }
    }
}
