namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// A rectangle of a product on one thread, cut so that what is read again lies near: 32 columns of at most 256 terms in the first cache, 96 rows of
/// at most 256 terms in the second. The left-hand side is never copied: at these sizes that costs as much as the product.
/// </summary>
internal static unsafe class MatMulBlocks
{
    private const int MaximumTerms = 256;
    private const int MaximumRows = 96;
    private const int MaximumColumns = 256;

    /// <summary>Computes the elements of a rectangle whose first column starts a panel.</summary>
    internal static void Multiply(MatMulTable table, in MatMulOperands operands, in MatMulFinish finish, int row, int rows, int column, int columns)
    {
        if (rows <= table.WideRows)
        {
            MultiplyFewRows(table, operands, row, rows, column, columns);
            finish.Apply(operands, row, rows, column, columns);
            return;
        }

        // With all terms in one block nothing is gained by coming back to the same columns.
        int widest = operands.K <= MaximumTerms ? columns : MaximumColumns;
        for (int left = 0; left < columns; left += widest)
        {
            int width = Math.Min(widest, columns - left);
            int blocks = (rows + MaximumRows - 1) / MaximumRows;
            for (int block = 0; block < blocks; block++)
            {
                int top = (int)((long)rows * block / blocks);
                int height = (int)((long)rows * (block + 1) / blocks) - top;
                MultiplyTerms(table, operands, row + top, height, column + left, width);
                finish.Apply(operands, row + top, height, column + left, width);
            }
        }
    }

    private static void MultiplyTerms(MatMulTable table, in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        int panel = table.PanelColumns;
        int blocks = Math.Max(1, (operands.K + MaximumTerms - 1) / MaximumTerms);
        MicroTile tile = StartTile(operands);
        for (int block = 0; block < blocks; block++)
        {
            // The next block goes on from the sums of the last, so cutting the terms does not show in the bits.
            int term = (int)((long)operands.K * block / blocks);
            tile.K = (int)((long)operands.K * (block + 1) / blocks) - term;
            tile.Accumulate = operands.Accumulate || block > 0;
            byte* a = operands.A + (row * operands.ARow) + (term * operands.AStep);
            for (int left = 0; left < columns; left += panel)
            {
                tile.A = a;
                tile.B = operands.B + ((column + left) / panel * operands.BPanel) + (term * operands.BStep);
                tile.C = operands.C + (row * operands.CRow) + ((long)(column + left) * sizeof(float));
                MultiplyPanel(table, ref tile, rows, Math.Min(panel, columns - left));
            }
        }
    }

    private static void MultiplyPanel(MatMulTable table, ref MicroTile tile, int rows, int columns)
    {
        int tiles = table.CountTiles(rows);
        int height = rows / tiles;
        int taller = rows - (height * tiles);
        if (taller > 0)
        {
            MultiplyTiles(table, ref tile, taller, height + 1, columns);
        }

        MultiplyTiles(table, ref tile, tiles - taller, height, columns);
    }

    private static void MultiplyTiles(MatMulTable table, ref MicroTile tile, int tiles, int height, int columns)
    {
        delegate*<in MicroTile, void> kernel = table.Kernel(height, columns, out tile.LastColumns);
        for (; tiles > 0; tiles--)
        {
            kernel(tile);
            tile.A += height * tile.ARow;
            tile.C += height * tile.CRow;
        }
    }

    /// <summary>One to three rows: two vectors would be too few chains to keep the adders busy, so eight go at once, over all terms.</summary>
    private static void MultiplyFewRows(MatMulTable table, in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        int panel = table.PanelColumns;
        MicroTile tile = StartTile(operands);
        tile.K = operands.K;
        tile.Accumulate = operands.Accumulate;
        byte* a = operands.A + (row * operands.ARow);
        delegate*<in MicroTile, void> wide = table.WideKernel(rows);
        for (int left = 0; left < columns;)
        {
            tile.A = a;
            tile.B = operands.B + ((column + left) / panel * operands.BPanel);
            tile.C = operands.C + (row * operands.CRow) + ((long)(column + left) * sizeof(float));
            if (columns - left >= 4 * panel)
            {
                wide(tile);
                left += 4 * panel;
            }
            else
            {
                MultiplyTiles(table, ref tile, 1, rows, Math.Min(panel, columns - left));
                left += panel;
            }
        }
    }

    private static MicroTile StartTile(in MatMulOperands operands) => new()
    {
        ARow = operands.ARow,
        AStep = operands.AStep,
        BStep = operands.BStep,
        BPanel = operands.BPanel,
        CRow = operands.CRow,
    };
}
