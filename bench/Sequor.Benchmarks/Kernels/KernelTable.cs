using System.Diagnostics;
using System.Globalization;

namespace Sequor.Benchmarks.Kernels;

/// <summary>A quick table in Markdown of every kernel: picoseconds per number, bytes per second, and how its plain twin and <c>TensorPrimitives</c> compare.</summary>
internal static class KernelTable
{
    private const double WarmUpSeconds = 0.25;

    internal static void Print(TextWriter output, string? filter)
    {
        output.WriteLine("| kernel | size | ps per number, 1T | GB/s, 1T | ps per number, 2T | GB/s, 2T | plain takes | TensorPrimitives takes |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (KernelCase kernel in KernelCase.All)
        {
            if (filter is null || kernel.ToString().Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                output.WriteLine(Row(kernel));
                output.Flush();
            }
        }
    }

    private static string Row(KernelCase kernel)
    {
        double one = Seconds(kernel, KernelSide.OneThread) ?? 0;
        double two = Seconds(kernel, KernelSide.TwoThreads) ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"""
            | {kernel.Name} | {kernel.Size} | {Each(kernel, one)} | {Rate(kernel, one)} | {Each(kernel, two)} | {Rate(kernel, two)} | {Times(Seconds(kernel, KernelSide.Plain), one)} | {Times(Seconds(kernel, KernelSide.Primitives), one)} |
            """);
    }

    private static double? Seconds(KernelCase kernel, KernelSide side)
    {
        using KernelRun run = new(kernel, side);
        if (!run.IsPossible)
        {
            return null;
        }

        // Small methods are compiled anew, and well, only when they have been called for a while.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds)
        {
            run.Run();
        }

        return GemmClock.Seconds(run.Run, side == KernelSide.TwoThreads ? 2 : 1);
    }

    private static string Each(KernelCase kernel, double seconds) => (seconds / kernel.Elements * 1e12).ToString("F0", CultureInfo.InvariantCulture);

    private static string Rate(KernelCase kernel, double seconds) => (kernel.Bytes / seconds / 1e9).ToString("F0", CultureInfo.InvariantCulture);

    private static string Times(double? seconds, double ours) => seconds is { } theirs ? (theirs / ours).ToString("F1", CultureInfo.InvariantCulture) + " ×" : "";
}
