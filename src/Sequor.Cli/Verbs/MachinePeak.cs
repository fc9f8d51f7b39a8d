using Sequor.Tensors;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Timing;

namespace Sequor.Cli.Verbs;

/// <summary>How fast this machine multiplies matrices at this moment.</summary>
/// <param name="OneThread">Floating-point operations per second on one thread; 0 when not measured.</param>
/// <param name="AllThreads">The same on all threads that compute.</param>
internal readonly record struct MachinePeak(double OneThread, double AllThreads)
{
    /// <summary>Measures on one thread and on all.</summary>
    /// <param name="seconds">For how long each; 0 for not at all.</param>
    public static MachinePeak Measure(double seconds)
    {
        if (seconds == 0)
            return default;
        WorkerPool pool = WorkerPool.Shared;
        int threads = pool.Threads;
        pool.Threads = 1;
        double one = ProductPeak.Measure(Device.Default, seconds);
        pool.Threads = threads;
        return new MachinePeak(one, threads == 1 ? one : ProductPeak.Measure(Device.Default, seconds));
    }
}
