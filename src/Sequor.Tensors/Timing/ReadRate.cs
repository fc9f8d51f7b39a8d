using System.Diagnostics;
using System.Numerics.Tensors;

namespace Sequor.Tensors.Timing;

/// <summary>How fast the processor reads what no cache holds: the roof under which all work stays that streams weights.</summary>
public static class ReadRate
{
    // As much as 16 million weights in float32, and twice a third-level cache of 32 MB.
    private const int BytesOfAThread = 64 << 20;
    private const int Half = BytesOfAThread / sizeof(float) / 2;

    // Starting a thread must not weigh.
    private const int RoundsOfABurst = 4;

    /// <summary>Reads 64 MB for each thread again and again.</summary>
    /// <param name="threads">How many threads read, each its own bytes, 1 or more.</param>
    /// <param name="seconds">For how long, above 0. Default 1.</param>
    /// <param name="device">Whose memory, which the processor must be able to read; the default device when left out.</param>
    /// <returns>Bytes per second of all threads together, the best time of all.</returns>
    public static double Measure(int threads, double seconds = 1, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        device ??= Device.Default;
        (Tensor Left, Tensor Right)[] numbers = [.. Enumerable.Range(0, threads).Select(_ => (Filled(device), Filled(device)))];
        double best = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => Read(numbers[thread])))];
            Array.ForEach(others, other => other.Start());
            Read(numbers[0]);
            Array.ForEach(others, other => other.Join());
            best = Math.Max(best, (double)threads * RoundsOfABurst * BytesOfAThread / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        foreach ((Tensor left, Tensor right) in numbers)
        {
            GC.KeepAlive(left.Owner);
            GC.KeepAlive(right.Owner);
        }

        return best;
    }

    private static Tensor Filled(Device device)
    {
        Tensor tensor = Tensor.Zeros([Half], device);
        device.Kernels.Fill(tensor.Storage, 0.5f);
        return tensor;
    }

    private static void Read((Tensor Left, Tensor Right) numbers)
    {
        for (int round = 0; round < RoundsOfABurst; round++)
        {
            TensorPrimitives.Dot<float>(numbers.Left.Storage.Span, numbers.Right.Storage.Span);
        }
    }
}
