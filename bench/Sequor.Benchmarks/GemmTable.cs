using System.Globalization;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Benchmarks;

/// <summary>A quick table of our GFLOP/s per shape, with the right-hand side as it lies and packed.</summary>
internal static class GemmTable
{
    internal static void Print(TextWriter output, InstructionPath path, IReadOnlyList<int> threadCounts, string? filter)
    {
        output.WriteLine($"{"path",-10} {"op MxNxK",-24} {"threads",7} {"GFLOP/s",9} {"packed",9} {"us",10}  use");
        foreach (GemmShape shape in Matching(filter))
        {
            foreach (int threads in threadCounts)
            {
                using GemmRun run = new(shape, path, threads);
                double seconds = GemmClock.Seconds(run.Multiply, threads);
                string packed = shape.Batches > 1 ? "" : Giga(shape.Operations / GemmClock.Seconds(run.MultiplyPacked, threads));
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{InstructionPaths.NameOf(path),-10} {shape,-24} {threads,7} {Giga(shape.Operations / seconds),9} {packed,9} {seconds / shape.Batches * 1e6,10:F2}  {shape.Use}"));
            }
        }
    }

    /// <summary>The shapes whose text or use holds the filter's.</summary>
    internal static IEnumerable<GemmShape> Matching(string? filter) => GemmShape.All.Where(shape =>
        filter is null
        || shape.ToString().Contains(filter, StringComparison.OrdinalIgnoreCase)
        || shape.Use.Contains(filter, StringComparison.OrdinalIgnoreCase));

    internal static string Giga(double operationsPerSecond) =>
        (operationsPerSecond / 1e9).ToString(operationsPerSecond < 9.95e9 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
