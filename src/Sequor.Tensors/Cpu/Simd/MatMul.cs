using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Matrix products. Each element is one chain of fused multiply-adds in rising k, from 0 or from what is there, so its bits are those of the plain
/// loop: on every path, for any number of rows, any strides, packed or not, and on any number of threads.
/// </summary>
internal static unsafe class MatMul
{
    private const int PackedFloatsPerItem = 16 * 1024;
    private const double OperationsPerItem = 200_000;

    /// <summary>c (+)= a · b on this thread, with this process's path: for kernels that are made of small products. Any strides; c's columns must be neighbours.</summary>
    internal static void Tile(in Matrix a, in Matrix b, in Matrix c, bool accumulate) => Tile(MatMulTable.Chosen, a, b, c, accumulate);

    /// <summary>c (+)= a · b on this thread.</summary>
    internal static void Tile(MatMulTable table, in Matrix a, in Matrix b, in Matrix c, bool accumulate)
    {
        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        MatMulOperands operands;
        if (b.ColumnStride == 1)
        {
            operands = MatMulOperands.InPlace(table, a, b, c, accumulate);
        }
        else
        {
            float* packed = Scratch.Floats(ScratchPlace.MatMulPanels, MatMulPack.Length(table, b.Rows, b.Columns));
            MatMulPack.Panels(table, b, packed, 0, MatMulPack.CountPanels(table, b.Columns));
            operands = MatMulOperands.Packed(table, a, packed, c, accumulate);
        }

        MatMulBlocks.MultiplySmall(table, operands, c.Rows, c.Columns);
    }

    /// <summary>
    /// c = a · b on this thread, for a right-hand side whose columns are no neighbours. What lies behind the last column of c, up to a whole vector,
    /// is overwritten with anything: a masked store would keep whoever reads the row next waiting.
    /// </summary>
    internal static void PaddedTile(in Matrix a, in Matrix b, in Matrix c)
    {
        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        MatMulTable table = MatMulTable.Chosen;
        float* packed = Scratch.Floats(ScratchPlace.MatMulPanels, MatMulPack.Length(table, b.Rows, b.Columns));
        MatMulPack.Panels(table, b, packed, 0, MatMulPack.CountPanels(table, b.Columns));
        int columns = (c.Columns + table.Width - 1) / table.Width * table.Width;
        MatMulBlocks.MultiplySmall(table, MatMulOperands.Packed(table, a, packed, c, accumulate: false), c.Rows, columns);
    }

    /// <summary>c (+)= a · b, then the epilogue.</summary>
    internal static void Run(MatMulTable table, WorkerPool pool, in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        if (b.ColumnStride == 1)
        {
            Run(table, pool, MatMulOperands.InPlace(table, a, b, c, accumulate), c, epilogue);
            return;
        }

        float* packed = Scratch.Floats(ScratchPlace.MatMulPanels, MatMulPack.Length(table, b.Rows, b.Columns));
        Pack(table, pool, b, packed);
        Run(table, pool, MatMulOperands.Packed(table, a, packed, c, accumulate), c, epilogue);
    }

    /// <summary>c (+)= a · b, then the epilogue, with a right-hand side from <see cref="Pack(MatMulTable, WorkerPool, in Matrix, Storage{float})"/>.</summary>
    internal static void RunPacked(
        MatMulTable table, WorkerPool pool, in Matrix a, nint packedB, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        Run(table, pool, MatMulOperands.Packed(table, a, (void*)packedB, c, accumulate, isFar: true), c, epilogue);

    /// <summary>Lays a right-hand side out for repeated use.</summary>
    internal static void Pack(MatMulTable table, WorkerPool pool, in Matrix b, Storage<float> packed) => Pack(table, pool, b, (float*)packed.Address);

    /// <summary>Many products of one shape.</summary>
    internal static void Batched(
        MatMulTable table, WorkerPool pool, in Matrix a, in Matrix b, in Matrix c, int batches, (long A, long B, long C) strides, bool accumulate)
    {
        if (new MatMulCut(table, c.Rows, c.Columns, a.Columns).Count > 1)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                Run(table, pool, From(a, batch * strides.A), From(b, batch * strides.B), From(c, batch * strides.C), accumulate, default);
            }

            return;
        }

        double operations = 2.0 * c.Rows * c.Columns * a.Columns * batches;
        int items = (int)Math.Min(batches, 1 + (operations / OperationsPerItem));
        pool.Run(new MatMulBatchWork(table, a, b, c, strides, batches, items, accumulate), items);
    }

    /// <summary>The same view a number of elements further on.</summary>
    internal static Matrix From(in Matrix matrix, long start) =>
        matrix with { Storage = matrix.Storage.Slice(start, matrix.Storage.Length - start) };

    private static void Run(MatMulTable table, WorkerPool pool, in MatMulOperands operands, in Matrix c, in Epilogue epilogue)
    {
        if (c.Rows == 0 || c.Columns == 0)
        {
            return;
        }

        MatMulCut cut = new(table, c.Rows, c.Columns, operands.K);
        pool.Run(new MatMulWork(table, operands, new MatMulFinish(epilogue, c.Columns), cut), cut.Count);
    }

    private static void Pack(MatMulTable table, WorkerPool pool, in Matrix b, float* packed)
    {
        int panels = MatMulPack.CountPanels(table, b.Columns);
        int items = (int)Math.Min(panels, 1 + (MatMulPack.Length(table, b.Rows, b.Columns) / PackedFloatsPerItem));
        pool.Run(new MatMulPackWork(table, b, packed, panels, items), items);
    }
}
