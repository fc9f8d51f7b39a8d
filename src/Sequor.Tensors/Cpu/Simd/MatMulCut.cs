namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// How a result is cut into tiles that threads take one by one: by its shape alone. Each tile has all K terms, so no element is ever shared.
/// </summary>
internal readonly struct MatMulCut
{
    // Below this a second thread costs more than it saves.
    private const long LeastOperations = 300_000;

    // Sixteen tiles keep four threads even, eight two. For the first, columns are cut; for the second, rows too, though flat tiles reuse less.
    private const int WantedTiles = 16;
    private const int LeastTiles = 8;
    private const int TileRows = 96;

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

        int wanted = (int)Math.Clamp(operations / LeastOperations, 2, WantedTiles);
        _rowTiles = (m + TileRows - 1) / TileRows;
        if (_rowTiles < wanted)
        {
            // As many whole units in each tile, so that no thread waits for one with twice the work.
            int tiles = Math.Min(_columnUnits, (wanted + _rowTiles - 1) / _rowTiles);
            int unitsPerTile = (_columnUnits + tiles - 1) / tiles;
            _columnTiles = (_columnUnits + unitsPerTile - 1) / unitsPerTile;
        }

        int least = Math.Min(wanted, LeastTiles);
        if (_rowTiles * _columnTiles < least && !fewRows)
        {
            int most = Math.Max(_rowTiles, m / table.Rows);
            _rowTiles = Math.Min(most, (least + _columnTiles - 1) / _columnTiles);
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

    /// <summary>Where a part begins when a whole is cut as evenly as whole numbers allow.</summary>
    internal static int Share(int whole, int part, int parts) => (int)((long)whole * part / parts);
}
