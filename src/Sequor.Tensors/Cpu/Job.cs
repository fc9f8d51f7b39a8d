using System.Runtime.ExceptionServices;

namespace Sequor.Tensors.Cpu;

/// <summary>The work that a pool is doing, with its type hidden from the threads.</summary>
internal abstract class Job
{
    private readonly Lock _failing = new();
    private int _failedItem;

    /// <summary>What the lowest item that failed has thrown.</summary>
    internal ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Does one item and keeps its exception.</summary>
    internal void Run(int item)
    {
        try
        {
            Do(item);
        }
        catch (Exception exception)
        {
            Fail(item, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private protected abstract void Do(int item);

    private protected void ForgetFailure() => Failure = null;

    private void Fail(int item, ExceptionDispatchInfo failure)
    {
        lock (_failing)
        {
            if (Failure is null || item < _failedItem)
            {
                (Failure, _failedItem) = (failure, item);
            }
        }
    }
}

/// <summary>A box for one kind of work, used again and again so that a kernel call allocates nothing.</summary>
internal sealed class Job<TWork> : Job
    where TWork : struct, IWork
{
    private static Job<TWork>? _spare;

    private TWork _work;

    internal static Job<TWork> Rent(in TWork work)
    {
        Job<TWork> job = Interlocked.Exchange(ref _spare, null) ?? new Job<TWork>();
        job._work = work;
        return job;
    }

    internal static void Return(Job<TWork> job)
    {
        job._work = default;
        job.ForgetFailure();
        Volatile.Write(ref _spare, job);
    }

    private protected override void Do(int item) => _work.Run(item);
}
