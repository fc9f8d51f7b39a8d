namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// How a result is cut into tiles that threads take one by one: by its shape alone. Each tile has all K terms, so no element is ever shared.
/// </summary>
internal readonly struct MatMulCut
{
    // Below this a second thread costs more than it saves.
    private const long LeastOperations = 300_000;

    // Sixteen tiles keep four threads even, eight two; of a small result, sixteen would be flat and reuse little.
    private const int WantedTiles = 16;
    private const int LeastTiles = 8;
    private const long SmallResult = 128 * 1024;

    private readonly int _rows;
    private readonly int _columnUnits;
    private readonly int _unitColumns;
    private readonly int _columns;
    private readonly int _rowTiles;
    private readonly int _columnTiles;

    /// <summary>Cuts a result of M rows and N columns with K terms per element.</summary>
    internal MatMulCut(MatMulTable table, int m, int n, int k)
    {
        bool fewRows = m <= table.WideRows;
        _rows = m;
        _columns = n;
        _unitColumns = fewRows ? 4 * table.PanelColumns : table.PanelColumns;
        _columnUnits = (int)(((long)n + _unitColumns - 1) / _unitColumns);
        _rowTiles = 1;
        _columnTiles = 1;
        double operations = 2.0 * m * n * k;
        if (operations < LeastOperations)
        {
            return;
        }

        int wanted = (int)Math.Clamp(operations / LeastOperations, 2, (long)m * n < SmallResult ? LeastTiles : WantedTiles);
        _rowTiles = (m + MatMulBlocks.MaximumRows - 1) / MatMulBlocks.MaximumRows;
        if (_rowTiles < wanted)
        {
            // Within a tile, terms in several blocks are gone through anew for each block of rows: one block in each tile is as good as more.
            int leastRowTiles = k > MatMulBlocks.MaximumTerms ? _rowTiles : 1;
            int mostRowTiles = fewRows ? 1 : Math.Max(leastRowTiles, m / table.Rows);
            (_rowTiles, _columnTiles) = LeastTraffic(m, n, leastRowTiles, mostRowTiles, _columnUnits, wanted);
        }
    }

    /// <summary>The number of tiles.</summary>
    internal int Count => _rowTiles * _columnTiles;

    /// <summary>Where a tile lies; its first column starts a panel.</summary>
    internal void Tile(int tile, out int row, out int rows, out int column, out int columns)
    {
        int down = tile / _columnTiles;
        int across = tile - (down * _columnTiles);
        row = Share(_rows, down, _rowTiles);
        rows = Share(_rows, down + 1, _rowTiles) - row;
        column = Share(_columnUnits, across, _columnTiles) * _unitColumns;
        columns = (int)Math.Min((long)Share(_columnUnits, across + 1, _columnTiles) * _unitColumns, _columns) - column;
    }

    /// <summary>
    /// Each tile reads all its rows of the left-hand side and all its columns of the right: of the cuts that give tiles enough, the one that reads least.
    /// </summary>
    private static (int RowTiles, int ColumnTiles) LeastTraffic(int m, int n, int leastRowTiles, int mostRowTiles, int columnUnits, int wanted)
    {
        (int Rows, int Columns) best = default;
        double least = double.PositiveInfinity;
        for (int tiles = 1; tiles <= Math.Min(wanted, columnUnits); tiles++)
        {
            // As many whole units in each tile, so that no thread waits for one with twice the work.
            int unitsPerTile = (columnUnits + tiles - 1) / tiles;
            int columns = (columnUnits + unitsPerTile - 1) / unitsPerTile;
            int rows = Math.Clamp((wanted + columns - 1) / columns, leastRowTiles, mostRowTiles);
            double missing = (double)wanted / Math.Min(wanted, rows * columns);
            double uneven = (double)columns * unitsPerTile / columnUnits;
            double traffic = missing * uneven * (((double)columns * m) + ((double)rows * n));
            if (traffic < least)
            {
                (best, least) = ((rows, columns), traffic);
            }
        }

        return best;
    }

    /// <summary>Where a part begins when a whole is cut as evenly as whole numbers allow.</summary>
    internal static int Share(int whole, int part, int parts) => (int)((long)whole * part / parts);
}
