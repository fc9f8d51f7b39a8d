using System.Globalization;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Benchmarks.Packed;

/// <summary>A table in Markdown of products with packed weights: microseconds, operations and bytes of weights per second.</summary>
internal static class PackedTable
{
    private static readonly int[] RowCounts = [1, 4, 32, 160, 256];

    /// <summary>Prints the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="types">Types, separated by commas; all where null.</param>
    /// <param name="filter">A part of the names of the shapes; all where null.</param>
    /// <param name="rows">Numbers of rows, separated by commas; the usual ones where null.</param>
    internal static void Print(TextWriter output, string? types, string? filter, string? rows)
    {
        InstructionPath path = InstructionPaths.Chosen;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Path {InstructionPaths.NameOf(path)}; int8 by {PackedMatMulTable.Best(path, WeightType.Int8)}, int7 by {PackedMatMulTable.Best(path, WeightType.Int7)}."));
        output.WriteLine();
        output.WriteLine("| type | weights, K × N | rows | µs, 1T | GOP/s | GB/s | µs, 2T | GOP/s | GB/s |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        int[] rowCounts = rows is null ? RowCounts : [.. rows.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
        foreach (WeightType type in types is null ? Enum.GetValues<WeightType>() : types.Split(',').Select(Parsed))
        {
            foreach (PackedShape shape in PackedShape.All)
            {
                if (filter is not null && !shape.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                foreach (int count in rowCounts)
                {
                    output.WriteLine($"| {WeightTypes.NameOf(type)} | {shape.Name} | {count} | {Columns(shape, type, count, 1)} | {Columns(shape, type, count, 2)} |");
                    output.Flush();
                }
            }
        }
    }

    private static WeightType Parsed(string name) =>
        WeightTypes.TryParse(name, out WeightType type) ? type : throw new ArgumentException($"'{name}' is no type of weights; there are {string.Join(", ", WeightTypes.Names)}.");

    private static string Columns(PackedShape shape, WeightType type, int rows, int threads)
    {
        using PackedRun run = new(shape, type, rows, threads);
        double seconds = GemmClock.Seconds(run.Multiply, threads);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds * 1e6:F1} | {2.0 * rows * shape.Count / seconds / 1e9:F0} | {run.Bytes / seconds / 1e9:F0}");
    }
}
