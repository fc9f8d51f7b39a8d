using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>One product of whole numbers; an item is a tile of its result.</summary>
internal readonly unsafe struct PackedMatMulWork(
    PackedMatMulTable table, in PackedInputs inputs, byte* weights, int groups, in PackedMatMulFinish finish, in PackedMatMulCut cut) : IWork
{
    // Sums of a block: a third of a first cache of today, beside a panel of weights.
    private const int BlockSums = 4096;

    // One row of 38 MB of weights from memory: 63 GB/s instead of 47; four rows 490 GOP/s instead of 300. From the third cache: 3 % less to 10 % more.
    private const int AheadBytes = 16 * 1024;

    // One row of the base model: 5 % more pieces a second when scales, sums and bias are asked for before the products; with panels of 4 KB, which lie in caches, 3 % fewer.
    private const int LeastToAskFor = 8 * 1024;

    // The panel that comes next is asked for in shares, one with each tile of rows: all of it with one tile would hold that tile up.
    private const int MostShares = 8;

    private readonly PackedInputs _inputs = inputs;
    private readonly PackedMatMulFinish _finish = finish;
    private readonly PackedMatMulCut _cut = cut;

    public void Run(int item)
    {
        _cut.Tile(item, out int row, out int rows, out int panel, out int panels);

        // Of two threads that take turns this one comes to the item after the next; one by itself does soon.
        int end = panel + panels;
        int after = end;
        if (item + 2 < _cut.Count)
        {
            _cut.Tile(item + 2, out _, out _, out after, out _);
        }

        int most = Math.Max(1, BlockSums / (rows * PackedMatrix.IntegerPanel));
        int* sums = (int*)Scratch.Floats(ScratchPlace.Kernel, (long)rows * Math.Min(most, panels) * PackedMatrix.IntegerPanel);
        for (; panel < end; panel += most)
        {
            int count = Math.Min(most, end - panel);
            int column = panel * PackedMatrix.IntegerPanel;
            if (PanelBytes >= LeastToAskFor)
            {
                _finish.AskFor(column, count * PackedMatrix.IntegerPanel);
            }

            Block(weights + (panel * PanelBytes), count, weights + ((panel + count < end ? panel + count : after) * PanelBytes), row, rows, sums);
            _finish.Apply(sums, count * PackedMatrix.IntegerPanel, row, rows, column);
        }
    }

    private long PanelBytes => (long)groups * PackedTile.GroupBytes;

    /// <summary>The sums of some panels. Few rows pass all panels at once; of more rows all pass a panel before the next one.</summary>
    private void Block(byte* first, int panels, byte* after, int row, int rows, int* sums)
    {
        PackedTile tile;
        tile.Groups = groups;
        tile.ARow = _inputs.RowBytes;
        tile.BPanel = PanelBytes;
        tile.CRow = panels * PackedMatrix.IntegerPanel;
        int tiles = (rows + table.MaximumRows - 1) / table.MaximumRows;
        int height = rows / tiles;
        int taller = rows - (height * tiles);
        int shares = SharesOf(tiles);
        long shareBytes = PanelBytes / shares;
        tile.AheadLine = PackedTile.GroupBytes / shares;
        tile.Panels = tiles == 1 && table.Outputs == PackedMatrix.IntegerPanel ? panels : 1;
        for (int panel = 0; panel < panels; panel += tile.Panels)
        {
            byte* next = panel + 1 < panels ? first + ((panel + 1) * PanelBytes) : after;
            for (int output = 0; output < PackedMatrix.IntegerPanel; output += table.Outputs)
            {
                tile.B = first + (panel * PanelBytes) + (output * PackedMatrix.IntegerGroup);
                tile.A = _inputs.Numbers + (row * _inputs.RowBytes);
                tile.C = sums + (panel * PackedMatrix.IntegerPanel) + output;
                for (int index = 0; index < tiles; index++)
                {
                    // Evenly cut: 5 + 4 rows are faster than 8 + 1.
                    int tileRows = height + (index < taller ? 1 : 0);
                    tile.Ahead = tiles == 1 ? tile.B + AheadBytes : next + (Math.Min(index, shares - 1) * shareBytes);
                    table.Kernel(tileRows)(tile);
                    tile.A += tileRows * tile.ARow;
                    tile.C += tileRows * tile.CRow;
                }
            }
        }
    }

    private static int SharesOf(int tiles)
    {
        int shares = 1;
        while (2 * shares <= Math.Min(tiles, MostShares))
        {
            shares *= 2;
        }

        return shares;
    }
}
