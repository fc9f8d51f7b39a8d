using System.Diagnostics;
using System.Numerics.Tensors;

namespace Sequor.Cli.Verbs;

/// <summary>How fast this machine reads what no cache holds at this moment: the bound of work that streams weights.</summary>
/// <param name="OneThread">Bytes per second on one thread; 0 when not measured.</param>
/// <param name="AllThreads">The same on all threads that compute, each with bytes of its own.</param>
internal readonly record struct MachineReadRate(double OneThread, double AllThreads)
{
    // As much as the weights of a model of 16 million parameters in float32, and twice the largest third-level cache of many machines.
    private const int BytesOfAThread = 64 << 20;
    private const int RoundsOfABurst = 2;

    /// <summary>Measures on one thread and on several.</summary>
    /// <param name="threads">How many compute.</param>
    /// <param name="seconds">For how long each; 0 for not at all.</param>
    public static MachineReadRate Measure(int threads, double seconds)
    {
        if (seconds == 0)
            return default;
        float[] numbers = new float[(long)threads * BytesOfAThread / sizeof(float)];
        Array.Fill(numbers, 1f);
        double one = Best(numbers, 1, seconds);
        return new MachineReadRate(one, threads == 1 ? one : Best(numbers, threads, seconds));
    }

    private static double Best(float[] numbers, int threads, double seconds)
    {
        double best = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => Read(numbers, thread)))];
            Array.ForEach(others, other => other.Start());
            Read(numbers, 0);
            Array.ForEach(others, other => other.Join());
            best = Math.Max(best, (double)threads * RoundsOfABurst * BytesOfAThread / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static void Read(float[] numbers, int thread)
    {
        const int count = BytesOfAThread / sizeof(float);
        for (int round = 0; round < RoundsOfABurst; round++)
            TensorPrimitives.Sum(numbers.AsSpan(thread * count, count));
    }
}
