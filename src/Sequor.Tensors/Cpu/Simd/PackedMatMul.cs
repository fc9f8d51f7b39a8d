using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Products with packed weights. Integers: rows of inputs are quantised first, then their products with the weights are added up exactly, by whatever
/// instructions there are, and turned into floats a block at a time while the block is in the first cache.
/// </summary>
internal static unsafe class PackedMatMul
{
    // Inputs of so many rows are held as whole numbers at once.
    private const int RowsAtOnce = 1024;

    /// <summary>c (+)= a · bᵀ, then the epilogue, for weights of integers.</summary>
    internal static void Integers(
        PackedMatMulTable table, WorkerPool pool, in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        for (int first = 0; first < c.Rows && c.Columns > 0; first += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, c.Rows - first);
            Matrix part = a.RowRange(first, rows);
            PackedInputs inputs = new(rows, a.Columns, table.HasWideInputs ? 2 : 1);
            PackedQuantize.Rows(pool, part, b.Type, table.HasWideInputs, inputs);
            int groups = (a.Columns + PackedMatrix.IntegerGroup - 1) / PackedMatrix.IntegerGroup;
            long panelBytes = (long)groups * PackedTile.GroupBytes;
            PackedMatMulCut cut = new(rows, PackedMatrix.PaddedRows(c.Columns) / PackedMatrix.IntegerPanel, panelBytes, panelBytes);
            PackedMatMulFinish finish = new(inputs, b, c.RowRange(first, rows), accumulate, epilogue);
            pool.Run(new PackedMatMulWork(table, inputs, (byte*)b.Values.Address, groups, finish, cut), cut.Count);
        }
    }
}
