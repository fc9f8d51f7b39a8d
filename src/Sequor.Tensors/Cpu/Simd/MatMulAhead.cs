namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// What the tiles of a block ask for while they are computed, so that the next block finds its factors in the second cache. The processor foresees
/// none of this by itself, because each term lies on another line, if not on another page.
/// </summary>
internal unsafe struct MatMulAhead
{
    // Terms nearer to each other than this are foreseen, and asking costs 2 %.
    private const long FarApart = 1024;
    private const int LineFloats = 16;
    private const int LineBytes = 64;
    private const int MostShares = 8;

    /// <summary>The left-hand side's part of the next block, or null.</summary>
    internal byte* A;

    /// <summary>The rows of that part.</summary>
    internal int Rows;

    /// <summary>The right-hand side's, or null when the next block uses the same.</summary>
    internal byte* B;

    /// <summary>Whether the result's place is touched for the first time: a line that is far is fetched before it is written, too.</summary>
    internal bool AskForResult;

    /// <summary>Whether the right-hand side is read for the first and only time.</summary>
    internal bool AskForNextPanel;

    /// <summary>A packed panel that is read when the block is done, or null.</summary>
    internal byte* After;

    /// <summary>
    /// Into how many shares the next panel is cut, each for a tile: all at once would hold up the tile that asks. 1 when it has a tile only, or its
    /// terms more lines than one for each share.
    /// </summary>
    internal static int SharesOf(int tiles, long termBytes)
    {
        int shares = 1;
        while (2 * shares <= Math.Min(tiles, MostShares))
        {
            shares *= 2;
        }

        return termBytes / shares <= LineBytes ? shares : 1;
    }

    /// <summary>Tells a tile to ask for its share of the packed panel that comes next.</summary>
    internal readonly void DirectShare(ref MicroTile tile, in MatMulOperands operands, int index, int shares, bool isLast)
    {
        byte* next = isLast ? After : tile.B + operands.BPanel;
        tile.Ahead = null;
        if (next != null && index < shares)
        {
            tile.AheadStep = operands.BStep / shares;
            tile.Ahead = next + (index * tile.K * tile.AheadStep);
        }
    }

    /// <summary>Tells a tile what to ask for: of each panel's tiles the first brings right-hand side, the second left-hand side.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="operands">The product.</param>
    /// <param name="index">The tile's place in its panel.</param>
    /// <param name="left">The panel's first column, counted from the block's first.</param>
    /// <param name="isLast">Whether no panel follows.</param>
    internal readonly void Direct(ref MicroTile tile, in MatMulOperands operands, int index, int left, bool isLast)
    {
        tile.Ahead = null;
        if (index == 0)
        {
            tile.AheadStep = operands.BStep;
            if (B != null && operands.BStep >= FarApart)
            {
                tile.Ahead = B + (left / operands.PanelColumns * operands.BPanel);
            }
            else if (AskForNextPanel && !isLast)
            {
                tile.Ahead = tile.B + operands.BPanel;
            }
        }
        else if (index == 1 && A != null && operands.AStep >= FarApart && operands.ARow == sizeof(float) && left < Rows + LineFloats)
        {
            tile.Ahead = A + ((long)left * sizeof(float));
            tile.AheadStep = operands.AStep;
        }
    }
}
