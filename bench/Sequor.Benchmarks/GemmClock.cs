using System.Diagnostics;

namespace Sequor.Benchmarks;

/// <summary>
/// Seconds of a piece of work: the fastest of several batches of about 10 ms, because what else runs on a machine only ever makes a batch slower.
/// One thread is measured in processor time, several threads in time on the wall.
/// </summary>
internal static class GemmClock
{
    private const int Batches = 11;
    private const double BatchSeconds = 0.01;

    internal static double Seconds(Action work, int threads)
    {
        work();
        long repeats = 1;
        double once = Seconds(work, repeats, threads);
        while (once < BatchSeconds / 2)
        {
            repeats *= 2;
            once = Seconds(work, repeats, threads);
        }

        double best = once / repeats;
        for (int batch = 1; batch < Batches; batch++)
        {
            best = Math.Min(best, Seconds(work, repeats, threads) / repeats);
        }

        return best;
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
