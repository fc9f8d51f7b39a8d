using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Copies and additions of matrices with any strides: whole rows in vectors, everything else in tiles.</summary>
internal static unsafe class CopyMatrix
{
    // A tile of 32 × 32 floats reads and writes each cache line of both sides once, whichever of them lies across.
    private const int Tile = 32;

    internal static void Run(WorkerPool pool, in Matrix from, in Matrix to, bool accumulate)
    {
        bool down = from.ColumnStride != 1 && from.RowStride == 1 && to.RowStride == 1;
        Matrix source = down ? from.Transposed : from;
        Matrix target = down ? to.Transposed : to;
        if (source.Rows == 0 || source.Columns == 0)
        {
            return;
        }

        int rowsPerItem = source.ColumnStride == 1 && target.ColumnStride == 1
            ? VectorWork.RowsPerItem(source.Columns)
            : (VectorWork.RowsPerItem(source.Columns) + Tile - 1) / Tile * Tile;
        VectorWork.Run(pool, new Work(source, target, rowsPerItem, accumulate), VectorWork.Items(source.Rows, rowsPerItem));
    }

    private readonly struct Work(Matrix from, Matrix to, int rowsPerItem, bool accumulate) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int first = item * rowsPerItem;
            int end = Math.Min(from.Rows, first + rowsPerItem);
            if (from.ColumnStride == 1 && to.ColumnStride == 1)
            {
                Rows<TFloats>(first, end);
            }
            else
            {
                Tiles(first, end);
            }
        }

        private void Rows<TFloats>(int first, int end)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int row = first; row < end; row++)
            {
                float* source = (float*)from.Storage.Address + (row * from.RowStride);
                float* target = (float*)to.Storage.Address + (row * to.RowStride);
                if (accumulate)
                {
                    Loop.Map<Added1<Elementwise.Same>, TFloats>(default, source, target, target, from.Columns);
                }
                else
                {
                    Loop.Map<Elementwise.Same, TFloats>(default, source, target, from.Columns);
                }
            }
        }

        private void Tiles(int first, int end)
        {
            for (int row = first; row < end; row += Tile)
            {
                for (int column = 0; column < from.Columns; column += Tile)
                {
                    One(row, Math.Min(end, row + Tile), column, Math.Min(from.Columns, column + Tile));
                }
            }
        }

        private void One(int firstRow, int endRow, int firstColumn, int endColumn)
        {
            for (int row = firstRow; row < endRow; row++)
            {
                float* source = (float*)from.Storage.Address + (row * from.RowStride);
                float* target = (float*)to.Storage.Address + (row * to.RowStride);
                for (int column = firstColumn; column < endColumn; column++)
                {
                    float value = source[column * from.ColumnStride];
                    ref float element = ref target[column * to.ColumnStride];
                    element = accumulate ? element + value : value;
                }
            }
        }
    }
}
