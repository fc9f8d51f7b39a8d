using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// A rectangle of a product on one thread, cut so that what is read again lies near: 32 columns of at most 256 terms in the first cache, 96 rows of
/// at most 256 terms in the second. The left-hand side is never copied: at these sizes that costs as much as the product.
/// </summary>
internal static unsafe class MatMulBlocks
{
    /// <summary>The most terms of a block.</summary>
    internal const int MaximumTerms = 256;

    /// <summary>The most rows of a block.</summary>
    internal const int MaximumRows = 96;

    private const int MaximumColumns = 256;

    // Eight rows by 154 MB of weights from memory: 3.7 ms instead of 7.1.
    private const int StreamAhead = 16 * 1024;

    // Rows of a right-hand side that are read along their length together: as many streams as the processor foresees.
    private const int SideBySide = 8;

    /// <summary>Computes the elements of a rectangle whose first column starts a panel.</summary>
    /// <param name="table">The kernels.</param>
    /// <param name="operands">The product.</param>
    /// <param name="finish">Its end.</param>
    /// <param name="row">The rectangle's first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="columnAfter">Where this thread probably goes on, to ask for a packed panel from there; or negative.</param>
    internal static void Multiply(
        MatMulTable table, in MatMulOperands operands, in MatMulFinish finish, int row, int rows, int column, int columns, int columnAfter = -1)
    {
        if (operands.IsPacked && rows <= table.TallestRows && rows > table.WideRows)
        {
            MultiplyStream(table, operands, row, rows, column, columns);
            finish.Apply(operands, row, rows, column, columns);
            return;
        }

        if (rows <= table.WideRows)
        {
            MultiplyFewRows(table, operands, row, rows, column, columns);
            finish.Apply(operands, row, rows, column, columns);
            return;
        }

        // With all terms in one block nothing is gained by coming back to the same columns.
        int across = operands.K <= operands.BlockTerms ? 1 : Pieces(columns, MaximumColumns);
        int down = Pieces(rows, MaximumRows);
        int panels = Pieces(columns, table.PanelColumns);
        for (int part = 0; part < across; part++)
        {
            int left = MatMulCut.Share(panels, part, across) * table.PanelColumns;
            int width = Math.Min(MatMulCut.Share(panels, part + 1, across) * table.PanelColumns, columns) - left;
            for (int block = 0; block < down; block++)
            {
                int top = MatMulCut.Share(rows, block, down);
                int height = MatMulCut.Share(rows, block + 1, down) - top;
                int after = part + 1 < across ? column + left + width : columnAfter;
                MultiplyBlock(table, operands, finish, row + top, height, column + left, width, rows - top - height, after);
            }
        }
    }

    /// <summary>Computes a whole small result, with no more steps than it needs.</summary>
    internal static void MultiplySmall(MatMulTable table, in MatMulOperands operands, int rows, int columns)
    {
        if (rows <= table.WideRows || rows > MaximumRows || operands.K > MaximumTerms)
        {
            Multiply(table, operands, default, 0, rows, 0, columns);
            return;
        }

        MicroTile tile = operands.StartTile();
        tile.K = operands.K;
        tile.Accumulate = operands.Accumulate;
        MultiplyPanels(table, ref tile, operands, rows, columns, default, default, 0, 0);
    }

    private static int Pieces(int whole, int most) => (int)(((long)whole + most - 1) / most);

    private static void MultiplyBlock(
        MatMulTable table, in MatMulOperands operands, in MatMulFinish finish, int row, int rows, int column, int columns, int rowsAfter,
        int columnAfter)
    {
        int blocks = Math.Max(1, Pieces(operands.K, operands.BlockTerms));
        MicroTile tile = operands.StartTile();
        byte* a = operands.A + (row * operands.ARow);
        byte* b = operands.B + (column / table.PanelColumns * operands.BPanel);
        for (int block = 0; block < blocks; block++)
        {
            // The next block goes on from the sums of the last, so cutting the terms does not show in the bits.
            int term = MatMulCut.Share(operands.K, block, blocks);
            int end = MatMulCut.Share(operands.K, block + 1, blocks);
            tile.K = end - term;
            tile.Accumulate = operands.Accumulate || block > 0;
            tile.A = a + (term * operands.AStep);
            tile.B = b + (term * operands.BStep);
            tile.C = operands.C + (row * operands.CRow) + ((long)column * sizeof(float));
            MatMulAhead ahead = default;
            ahead.Rows = rows;
            ahead.AskForResult = block == 0;
            ahead.AskForNextPanel = operands.IsLarge && (blocks == 1 || operands.IsPacked);
            ahead.After = end < operands.K ? b + (end * operands.BStep)
                : rowsAfter > 0 || columnAfter < 0 ? null
                : operands.B + (columnAfter / table.PanelColumns * operands.BPanel);
            if (end < operands.K)
            {
                ahead.A = a + (end * operands.AStep);
                ahead.B = b + (end * operands.BStep);
            }
            else if (rowsAfter > 0)
            {
                ahead.A = a + (rows * operands.ARow);
                ahead.B = blocks > 1 ? b : null;
            }

            MultiplyPanels(table, ref tile, operands, rows, columns, ahead, end == operands.K ? finish : default, row, column);
        }
    }

    /// <summary>Goes through the panels of a block of rows and terms, from where the tile points.</summary>
    private static void MultiplyPanels(
        MatMulTable table, ref MicroTile tile, in MatMulOperands operands, int rows, int columns, in MatMulAhead ahead, in MatMulFinish finish,
        int row, int column)
    {
        int tiles = table.CountTiles(rows);
        int height = tiles == 1 ? rows : rows / tiles;
        int taller = rows - (height * tiles);
        byte* a = tile.A;
        byte* c = tile.C;
        long resultRow = tile.CRow;

        // What gets an epilogue goes to its place once: rows 4 KB apart would push each other out of the first cache between two visits.
        bool isAside = operands.IsFar && finish.IsWanted && !tile.Accumulate;
        float* aside = isAside ? Scratch.Floats(ScratchPlace.Kernel, (long)rows * table.PanelColumns) : null;
        tile.CRow = isAside ? table.PanelColumns * sizeof(float) : resultRow;
        int shares = operands.IsPacked && ahead.AskForNextPanel ? MatMulAhead.SharesOf(tiles, operands.BStep) : 1;
        for (int left = 0; left < columns; left += table.PanelColumns, c += table.PanelColumns * sizeof(float))
        {
            int width = Math.Min(table.PanelColumns, columns - left);
            bool isLast = left + width == columns;
            byte* sums = isAside ? (byte*)aside : c;
            tile.A = a;
            tile.C = sums;
            for (int index = 0, done = 0; index < tiles; index++)
            {
                int tileRows = height + (index < taller ? 1 : 0);
                if (shares > 1)
                {
                    ahead.DirectShare(ref tile, operands, index, shares, isLast);
                }
                else
                {
                    ahead.Direct(ref tile, operands, index, left, isLast);
                }

                byte* next = tile.C + (tileRows * tile.CRow);
                if (ahead.AskForResult)
                {
                    ReadAhead.AskForRows(
                        isAside ? c + (done * resultRow) : index < tiles - 1 ? next : c + (table.PanelColumns * sizeof(float)), tileRows, resultRow);
                }

                PanelAhead asks = tile.Ahead == null ? PanelAhead.None : shares > 1 ? PanelAhead.Share : PanelAhead.Whole;
                table.Kernel(tileRows, width, asks, out tile.LastColumns)(tile);
                tile.A += tileRows * tile.ARow;
                tile.C = next;
                done += tileRows;
            }

            finish.Apply((float*)sums, tile.CRow, operands, row, rows, column + left, width);
            tile.B += operands.BPanel;
        }

        tile.CRow = resultRow;
    }

    /// <summary>
    /// As many rows as one tile has, by a right-hand side whose panels follow each other: it is read once, from the first byte to the last, and asked
    /// for ahead.
    /// </summary>
    private static void MultiplyStream(MatMulTable table, in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        MicroTile tile = operands.StartTile();
        tile.K = operands.K;
        tile.Accumulate = operands.Accumulate;
        tile.A = operands.A + (row * operands.ARow);
        tile.B = operands.B + (column / table.PanelColumns * operands.BPanel);
        tile.C = operands.C + (row * operands.CRow) + ((long)column * sizeof(float));
        tile.AheadStep = operands.BStep;
        for (int left = 0; left < columns; left += table.PanelColumns)
        {
            tile.Ahead = tile.B + StreamAhead;
            table.StreamKernel(rows, Math.Min(table.PanelColumns, columns - left), out tile.LastColumns)(tile);
            tile.B += operands.BPanel;
            tile.C += table.PanelColumns * sizeof(float);
        }
    }

    /// <summary>One to three rows: two vectors would be too few chains to keep the adders busy, so eight go at once.</summary>
    private static void MultiplyFewRows(MatMulTable table, in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        // Going down the columns of a wide right-hand side, each term would lie on another page: 42 instead of 50 GFLOP/s for 1 x 2048 x 512.
        int most = operands.BPanel == table.PanelColumns * sizeof(float) ? SideBySide : int.MaxValue;
        int blocks = Math.Max(1, Pieces(operands.K, most));
        MicroTile tile = operands.StartTile();
        for (int block = 0; block < blocks; block++)
        {
            int term = MatMulCut.Share(operands.K, block, blocks);
            tile.K = MatMulCut.Share(operands.K, block + 1, blocks) - term;
            tile.Accumulate = operands.Accumulate || block > 0;
            tile.B = operands.B + (column / table.PanelColumns * operands.BPanel) + (term * operands.BStep);
            byte* a = operands.A + (row * operands.ARow) + (term * operands.AStep);
            byte* c = operands.C + (row * operands.CRow) + ((long)column * sizeof(float));
            MultiplyWide(table, ref tile, a, c, operands.BPanel, rows, columns);
        }
    }

    private static void MultiplyWide(MatMulTable table, ref MicroTile tile, byte* a, byte* c, long bPanel, int rows, int columns)
    {
        int panel = table.PanelColumns;
        delegate*<in MicroTile, void> wide = table.WideKernel(rows);
        int left = 0;
        for (; columns - left >= 4 * panel; left += 4 * panel)
        {
            tile.A = a;
            tile.C = c + ((long)left * sizeof(float));
            wide(tile);
            tile.B += 4 * bPanel;
        }

        for (; left < columns; left += panel)
        {
            tile.A = a;
            tile.C = c + ((long)left * sizeof(float));
            table.Kernel(rows, Math.Min(panel, columns - left), PanelAhead.None, out tile.LastColumns)(tile);
            tile.B += bPanel;
        }
    }
}
