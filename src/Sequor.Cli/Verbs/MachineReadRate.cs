using Sequor.Tensors.Timing;

namespace Sequor.Cli.Verbs;

/// <summary>How fast this machine reads what no cache holds at this moment: the bound of work that streams weights.</summary>
/// <param name="OneThread">Bytes per second on one thread; 0 when not measured.</param>
/// <param name="AllThreads">The same on all threads that compute, each with bytes of its own.</param>
internal readonly record struct MachineReadRate(double OneThread, double AllThreads)
{
    /// <summary>Measures on one thread and on several.</summary>
    /// <param name="threads">How many compute.</param>
    /// <param name="seconds">For how long each; 0 for not at all.</param>
    public static MachineReadRate Measure(int threads, double seconds)
    {
        if (seconds == 0)
            return default;
        double one = ReadRate.Measure(1, seconds);
        return new MachineReadRate(one, threads == 1 ? one : ReadRate.Measure(threads, seconds));
    }
}
