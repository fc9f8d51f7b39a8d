using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Rows of a table by number, and their gradient.</summary>
internal static unsafe class Embedding
{
    // Columns of one item of the gradient: whole cache lines, so that two threads never write the same one.
    private const int SliceColumns = 32;

    internal static void Gather(
        WorkerPool pool, Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate) =>
        VectorWork.Run(
            pool, new GatherWork(table, ids, scale, y, width, accumulate),
            VectorWork.Items(ids.Length, VectorWork.RowsPerItem(width)));

    /// <summary>Each item walks all rows in rising order over columns of its own, so entries that occur twice need no care.</summary>
    internal static void ScatterAdd(WorkerPool pool, Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width)
    {
        int slice = ids.Length * width <= VectorWork.ItemFloats ? width : SliceColumns;
        VectorWork.Run(pool, new ScatterWork(dy, ids, scale, table, width, slice), VectorWork.Items(width, slice));
    }

    private readonly struct GatherWork(
        Storage<float> table, Storage<int> ids, float scale, Storage<float> y, int width, bool accumulate) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, ids.Length, VectorWork.RowsPerItem(width));
            Elementwise.Scaled scaled = new(scale);
            for (long row = rows.First; row < rows.End; row++)
            {
                float* from = (float*)table.Address + ((long)((int*)ids.Address)[row] * width);
                float* to = (float*)y.Address + (row * width);
                if (accumulate)
                {
                    Loop.Map<Added1<Elementwise.Scaled>, TFloats>(new Added1<Elementwise.Scaled>(scaled), from, to, to, width);
                }
                else
                {
                    Loop.Map<Elementwise.Scaled, TFloats>(scaled, from, to, width);
                }
            }
        }
    }

    private readonly struct ScatterWork(
        Storage<float> dy, Storage<int> ids, float scale, Storage<float> table, int width, int slice) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int column = item * slice;
            int columns = Math.Min(slice, width - column);
            Added1<Elementwise.Scaled> added = new(new Elementwise.Scaled(scale));
            for (long row = 0; row < ids.Length; row++)
            {
                float* from = (float*)dy.Address + (row * width) + column;
                float* to = (float*)table.Address + ((long)((int*)ids.Address)[row] * width) + column;
                Loop.Map<Added1<Elementwise.Scaled>, TFloats>(added, from, to, to, columns);
            }
        }
    }
}
