using System.Diagnostics;
using System.Globalization;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Benchmarks;

/// <summary>
/// A quick table of GFLOP/s per shape: for each, the median of several batches of about 20 ms. One thread is measured in processor time, so that a busy
/// machine disturbs it less; several threads in time on the wall.
/// </summary>
internal static class GemmTable
{
    private const int Batches = 9;
    private const double BatchSeconds = 0.02;

    internal static void Print(TextWriter output, InstructionPath path, IReadOnlyList<int> threadCounts, string? filter)
    {
        output.WriteLine($"{"path",-10} {"op MxNxK",-24} {"threads",7} {"GFLOP/s",9} {"packed",9} {"us",10}  use");
        foreach (GemmShape shape in GemmShape.All)
        {
            if (filter is not null && !shape.ToString().Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (int threads in threadCounts)
            {
                using GemmRun run = new(shape, path, threads);
                double seconds = MedianSeconds(run.Multiply, threads);
                string packed = shape.Batches > 1 ? "" : Giga(shape.Operations / MedianSeconds(run.MultiplyPacked, threads));
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{InstructionPaths.NameOf(path),-10} {shape,-24} {threads,7} {Giga(shape.Operations / seconds),9} {packed,9} {seconds / shape.Batches * 1e6,10:F2}  {shape.Use}"));
            }
        }
    }

    private static string Giga(double operationsPerSecond) => (operationsPerSecond / 1e9).ToString("F0", CultureInfo.InvariantCulture);

    private static double MedianSeconds(Action work, int threads)
    {
        work();
        long repeats = 1;
        double once = Seconds(work, repeats, threads);
        while (once < BatchSeconds / 4)
        {
            repeats *= 4;
            once = Seconds(work, repeats, threads);
        }

        double[] batches = new double[Batches];
        for (int batch = 0; batch < Batches; batch++)
        {
            batches[batch] = Seconds(work, repeats, threads) / repeats;
        }

        Array.Sort(batches);
        return batches[Batches / 2];
    }

    private static double Seconds(Action work, long repeats, int threads)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan startOnProcessor = Environment.CpuUsage.TotalTime;
        for (long repeat = 0; repeat < repeats; repeat++)
        {
            work();
        }

        TimeSpan onProcessor = Environment.CpuUsage.TotalTime - startOnProcessor;
        return (threads == 1 ? onProcessor : Stopwatch.GetElapsedTime(start)).TotalSeconds;
    }
}
