using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>One product of whole numbers; an item is a tile of its result.</summary>
internal readonly unsafe struct PackedMatMulWork(
    PackedMatMulTable table, in PackedInputs inputs, byte* weights, int groups, in PackedMatMulFinish finish, in PackedMatMulCut cut) : IWork
{
    // Sums of a block: a third of a first cache of today, beside a panel of weights.
    private const int BlockSums = 4096;

    private readonly PackedInputs _inputs = inputs;
    private readonly PackedMatMulFinish _finish = finish;
    private readonly PackedMatMulCut _cut = cut;

    public void Run(int item)
    {
        _cut.Tile(item, out int row, out int rows, out int panel, out int panels);
        int most = Math.Max(1, BlockSums / (rows * PackedMatrix.IntegerPanel));
        int* sums = (int*)Scratch.Floats(ScratchPlace.Kernel, (long)rows * Math.Min(most, panels) * PackedMatrix.IntegerPanel);
        for (int end = panel + panels; panel < end; panel += most)
        {
            int width = Math.Min(most, end - panel) * PackedMatrix.IntegerPanel;
            for (int left = 0; left < width; left += PackedMatrix.IntegerPanel)
            {
                Panel(weights + ((long)(panel + (left / PackedMatrix.IntegerPanel)) * groups * PackedTile.GroupBytes), row, rows, sums + left, width);
            }

            _finish.Apply(sums, width, row, rows, panel * PackedMatrix.IntegerPanel);
        }
    }

    /// <summary>The sums of a panel, for all rows of the tile before the next part of the panel.</summary>
    private void Panel(byte* panel, int row, int rows, int* sums, int sumsPerRow)
    {
        PackedTile tile;
        tile.Groups = groups;
        tile.ARow = _inputs.RowBytes;
        tile.CRow = sumsPerRow;
        int tiles = (rows + table.MaximumRows - 1) / table.MaximumRows;
        for (int output = 0; output < PackedMatrix.IntegerPanel; output += table.Outputs)
        {
            tile.B = panel + (output * PackedMatrix.IntegerGroup);
            int done = 0;
            for (int index = 0; index < tiles; index++)
            {
                // Evenly cut: 5 + 4 rows are faster than 8 + 1.
                int height = MatMulCut.Share(rows, index + 1, tiles) - done;
                tile.A = _inputs.Numbers + ((row + done) * _inputs.RowBytes);
                tile.C = sums + ((long)done * sumsPerRow) + output;
                table.Kernel(height)(tile);
                done += height;
            }
        }
    }
}
