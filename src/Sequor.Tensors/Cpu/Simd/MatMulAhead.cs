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
