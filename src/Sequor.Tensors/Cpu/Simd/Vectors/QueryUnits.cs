using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>How the attention of a decoding step falls into items: a unit is a head of a row, or of a group of rows.</summary>
internal static unsafe class QueryUnits
{
    // One query reads each key once, so that memory counts and not the adders: some microseconds of work.
    private const double OperationsPerItem = 100_000;

    /// <summary>How many items all units make, by shape alone.</summary>
    internal static int Items(Storage<int> lengths, int heads, int headWidth)
    {
        double operations = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            operations += 4.0 * heads * headWidth * ((int*)lengths.Address)[row];
        }

        return (int)Math.Clamp(operations / OperationsPerItem, 1, (double)lengths.Length * heads);
    }

    /// <summary>The first unit of an item.</summary>
    internal static long First(int rows, int heads, int item, int items) => (long)rows * heads * item / items;
}
