using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>How the attention of a decoding step falls into items: a unit is a few heads of a row, or of a group of rows.</summary>
internal readonly unsafe struct QueryUnits
{
    /// <summary>Heads that are worked on together: as many chains of additions keep the adders busy.</summary>
    internal const int HeadsTogether = 4;

    // One query reads each key once, so that memory counts and not the adders: some microseconds of work.
    private const double OperationsPerItem = 100_000;

    private readonly long _first;
    private readonly long _end;
    private readonly int _heads;
    private readonly int _unitsPerRow;

    /// <summary>The units of one item.</summary>
    /// <param name="rows">The rows, or groups of them.</param>
    /// <param name="heads">Heads of each.</param>
    /// <param name="item">The item.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="together">Heads of a unit.</param>
    internal QueryUnits(int rows, int heads, int item, int items, int together = HeadsTogether)
    {
        (_heads, _unitsPerRow) = (heads, UnitsPerRow(heads, together));
        long units = (long)rows * _unitsPerRow;
        (_first, _end) = (units * item / items, units * (item + 1) / items);
        Together = together;
    }

    /// <summary>Heads of a unit.</summary>
    internal int Together { get; }

    /// <summary>The first row.</summary>
    internal int FirstRow => (int)(_first / _unitsPerRow);

    /// <summary>The last row.</summary>
    internal int LastRow => (int)((_end - 1) / _unitsPerRow);

    /// <summary>The first head of a row.</summary>
    internal int FirstHead(int row) => row == FirstRow ? (int)(_first % _unitsPerRow) * Together : 0;

    /// <summary>The head behind the last of a row.</summary>
    internal int EndHead(int row) => Math.Min(_heads, row == LastRow ? ((int)((_end - 1) % _unitsPerRow) + 1) * Together : _heads);

    /// <summary>How many items all units make, by shape alone.</summary>
    internal static int Items(Storage<int> lengths, int rows, int heads, int headWidth, int together = HeadsTogether)
    {
        if (rows == 0)
        {
            return 0;
        }

        double operations = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            operations += 4.0 * heads * headWidth * ((int*)lengths.Address)[row];
        }

        // A power of two, so that two or four threads have as much to do each.
        double items = Math.Clamp(operations / OperationsPerItem, 1, (double)rows * UnitsPerRow(heads, together));
        return 1 << Math.ILogB(items);
    }

    private static int UnitsPerRow(int heads, int together) => (heads + together - 1) / together;
}
