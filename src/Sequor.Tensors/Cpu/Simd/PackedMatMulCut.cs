namespace Sequor.Tensors.Cpu.Simd;

/// <summary>How a product with packed weights is cut into tiles that threads take one by one: by its shape alone.</summary>
internal readonly struct PackedMatMulCut
{
    /// <summary>The most rows of a tile: their inputs stay in the second cache while all its panels pass.</summary>
    internal const int MaximumRows = 128;

    // Starting a second thread takes 0.3 µs and more, and the weights may lie in the other one's cache.
    private const double NanosecondsPerItem = 700;
    private const double NanosecondsPerTerm = 0.0037;
    private const double NanosecondsPerByte = 0.01;
    private const int MaximumItems = 16;

    private readonly int _rows;
    private readonly int _panels;
    private readonly int _rowTiles;
    private readonly int _columnTiles;

    /// <summary>Cuts a product of some rows with some panels of a number of bytes each and 16 outputs.</summary>
    internal PackedMatMulCut(int rows, int panels, long panelBytes, long panelTerms)
    {
        _rows = rows;
        _panels = panels;
        _rowTiles = (rows + MaximumRows - 1) / MaximumRows;
        double time = panels * ((NanosecondsPerTerm * rows * panelTerms) + (NanosecondsPerByte * panelBytes));
        int wanted = 1;
        while (wanted < MaximumItems && time >= 2 * wanted * NanosecondsPerItem)
        {
            wanted *= 2;
        }

        _columnTiles = Math.Clamp((wanted + _rowTiles - 1) / _rowTiles, 1, panels);
    }

    /// <summary>The number of tiles.</summary>
    internal int Count => _rowTiles * _columnTiles;

    /// <summary>Where a tile lies.</summary>
    internal void Tile(int tile, out int row, out int rows, out int panel, out int panels)
    {
        int down = tile / _columnTiles;
        int across = tile - (down * _columnTiles);
        row = MatMulCut.Share(_rows, down, _rowTiles);
        rows = MatMulCut.Share(_rows, down + 1, _rowTiles) - row;
        panel = MatMulCut.Share(_panels, across, _columnTiles);
        panels = MatMulCut.Share(_panels, across + 1, _columnTiles) - panel;
    }
}
