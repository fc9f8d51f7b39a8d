using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>What lies ready of a source sentence for one head: its keys in tiles, its values row after row.</summary>
internal readonly unsafe struct TileHead
{
    private readonly float* _tiles;

    internal TileHead(in TilePlan plan, int row, int head)
    {
        Length = ((int*)plan.Lengths.Address)[row];
        Padded = TilePlan.RoundedUp(Length);
        Width = plan.HeadWidth;
        long layer = TilePlan.LayerFloats(Length, plan.Heads * plan.HeadWidth);
        Step = layer / plan.Heads;
        _tiles = (float*)((nint*)plan.Sentences.Address)[row] + (plan.Layer * layer) + (head * Step);
    }

    private TileHead(in TileHead first, int further)
    {
        this = first;
        _tiles += further * Step;
    }

    /// <summary>The sentence's positions.</summary>
    internal int Length { get; }

    /// <summary>The positions in whole tiles.</summary>
    internal int Padded { get; }

    /// <summary>Columns of the head.</summary>
    internal int Width { get; }

    /// <summary>Numbers from one head to the next.</summary>
    internal long Step { get; }

    /// <summary>The values, [length, width].</summary>
    internal float* Values => _tiles + ((long)Padded * Width);

    /// <summary>The head so many further on.</summary>
    internal TileHead Next(int further) => new(this, further);

    /// <summary>Where the first column of a position lies; the next column is a tile's length further on.</summary>
    internal float* Tile(int position) =>
        _tiles + ((long)position / TilePlan.TileLength * TilePlan.TileLength * Width) + (position % TilePlan.TileLength);
}

/// <summary>The rows that read it together.</summary>
/// <param name="queries">The head's part of the first row's query.</param>
/// <param name="queryStep">Numbers from one row's query to the next.</param>
/// <param name="results">The head's part of the first row's result.</param>
/// <param name="resultStep">Numbers from one row's result to the next.</param>
/// <param name="weights">Scores, then weights, row after row in whole tiles.</param>
internal readonly unsafe struct TileRows(float* queries, long queryStep, float* results, long resultStep, float* weights)
{
    internal float* Weights { get; } = weights;

    internal float* Query(int row) => queries + (row * queryStep);

    internal float* Result(int row) => results + (row * resultStep);
}
