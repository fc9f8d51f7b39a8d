using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Timing;

/// <summary>Adds up what kernels took. Nothing is allocated after the first call of each kernel and of each class of products.</summary>
internal sealed class KernelClock
{
    private readonly Dictionary<string, Tally> _kernels = [];
    private readonly ProductClasses _products = new();
    private long _startedAt;

    /// <summary>The time now, to be handed back when the kernel has ended.</summary>
    internal static long Now => Stopwatch.GetTimestamp();

    /// <summary>The classes of one row of logits, by which their products are known.</summary>
    internal int LogitClasses { get; set; }

    internal void Restart()
    {
        foreach (Tally tally in _kernels.Values)
        {
            tally.Clear();
        }

        _products.Clear();
        _startedAt = Now;
    }

    /// <summary>Counts a call that has just ended.</summary>
    /// <param name="startedAt">When it began.</param>
    /// <param name="numbers">How many floats it reads and writes at least.</param>
    /// <param name="operations">Multiplications and additions.</param>
    /// <param name="name">The kernel.</param>
    /// <returns>Ticks that the call took.</returns>
    internal long Add(long startedAt, long numbers, long operations = 0, [CallerMemberName] string name = "")
    {
        long ticks = Now - startedAt;
        if (!_kernels.TryGetValue(name, out Tally? tally))
        {
            tally = new Tally();
            _kernels.Add(name, tally);
        }

        tally.Add(ticks, numbers * sizeof(float), operations);
        return ticks;
    }

    /// <summary>Counts matrix products that have just ended.</summary>
    internal void AddProducts(
        long startedAt, ProductRole role, (long M, long N, long K) size, int batches, bool accumulate, [CallerMemberName] string name = "")
    {
        long operations = 2 * size.M * size.N * size.K * batches;
        long result = size.M * size.N * (accumulate ? 2 : 1);
        long ticks = Add(startedAt, batches * ((size.M * size.K) + (size.K * size.N) + result), operations, name);
        _products.Add(role, size, batches, ticks, operations);
    }

    /// <summary>Counts a product with a packed weight that has just ended.</summary>
    /// <param name="startedAt">When it began.</param>
    /// <param name="role">Its class.</param>
    /// <param name="size">Its sizes.</param>
    /// <param name="accumulate">Whether the result was read too.</param>
    /// <param name="weight">The bytes of the weight as the floats that would take as many.</param>
    /// <param name="name">The kernel.</param>
    internal void AddPackedProduct(long startedAt, ProductRole role, (long M, long N, long K) size, bool accumulate, long weight, string name)
    {
        long operations = 2 * size.M * size.N * size.K;
        long ticks = Add(startedAt, (size.M * size.K) + weight + (size.M * size.N * (accumulate ? 2 : 1)), operations, name);
        _products.Add(role, size, 1, ticks, operations);
    }

    internal KernelTimes Read()
    {
        double seconds = _startedAt == 0 ? 0 : Seconds(Now - _startedAt);
        KernelTime[] kernels =
        [
            .. _kernels.Where(one => one.Value.Calls > 0)
                .Select(one => new KernelTime(one.Key, one.Value.Calls, Seconds(one.Value.Ticks), one.Value.Operations, one.Value.Bytes))
                .OrderByDescending(kernel => kernel.Seconds),
        ];
        return new KernelTimes(seconds, kernels, _products.Read(LogitClasses));
    }

    internal static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    private sealed class Tally
    {
        internal long Calls { get; private set; }

        internal long Ticks { get; private set; }

        internal double Bytes { get; private set; }

        internal double Operations { get; private set; }

        internal void Add(long ticks, long bytes, long operations) =>
            (Calls, Ticks, Bytes, Operations) = (Calls + 1, Ticks + ticks, Bytes + bytes, Operations + operations);

        internal void Clear() => (Calls, Ticks, Bytes, Operations) = (0, 0, 0, 0);
    }
}
