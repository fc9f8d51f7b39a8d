using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// Rows that each read the keys and values of a source sentence, which lie ready for it: for each layer and head the keys in tiles of <see cref="TileLength"/>
/// positions, column after column, [⌈S/16⌉, head width, 16], and behind them the values, [S, head width].
/// </summary>
/// <param name="Heads">The number of heads, H.</param>
/// <param name="HeadWidth">Columns per head; D is heads × head width.</param>
/// <param name="Scale">The factor on the scores before the softmax, usually 1/√(head width).</param>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Sentences">Where the sentence of each row begins, [R].</param>
/// <param name="Lengths">The positions of the sentence of each row, 1 or more, [R].</param>
/// <param name="Groups">The first row of each group of neighbours that read one sentence, and R behind the last, [G + 1].</param>
public readonly record struct TilePlan(
    int Heads, int HeadWidth, float Scale, int Layer, Storage<nint> Sentences, Storage<int> Lengths, Storage<int> Groups)
{
    /// <summary>Positions of a tile.</summary>
    public const int TileLength = 16;

    /// <summary>The most rows of a group.</summary>
    public const int MostRows = 8;

    /// <summary>The number of rows, R.</summary>
    public int Rows => (int)Lengths.Length;

    /// <summary>The numbers that one layer of a sentence takes.</summary>
    /// <param name="length">Its positions, S.</param>
    /// <param name="width">D.</param>
    internal static long LayerFloats(int length, int width) => (long)width * (RoundedUp(length) + length);

    /// <summary>A length in whole tiles.</summary>
    internal static int RoundedUp(int length) => (length + TileLength - 1) / TileLength * TileLength;
}
