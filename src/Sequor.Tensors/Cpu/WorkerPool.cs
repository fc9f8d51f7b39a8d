using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Sequor.Tensors.Errors;

namespace Sequor.Tensors.Cpu;

/// <summary>
/// The process's own threads for kernels. They spin for a moment after each job, because the next one is usually near, and then sleep.
/// A job's items are claimed one by one, so that a slow thread takes fewer; items are cut by shape, so results do not depend on who took them.
/// </summary>
public sealed class WorkerPool
{
    /// <summary>The environment variable that sets the number of threads of <see cref="Shared"/>.</summary>
    public const string ThreadsVariable = "SEQUOR_THREADS";

    /// <summary>The most threads that a pool can have.</summary>
    public const int MaximumThreads = 256;

    // Beyond this many the shapes of one update no longer give every thread an item.
    private const int DefaultMaximum = 64;

    private static readonly Lazy<WorkerPool> SharedPool = new(() => new WorkerPool(ThreadsFrom(Environment.GetEnvironmentVariable(ThreadsVariable))));

    // Sleeping and waking costs 7.5 us and more: worth avoiding between the kernels of a step, not between steps.
    private static readonly long SpinTicks = Stopwatch.Frequency * 80 / 1_000_000;

    [ThreadStatic]
    private static bool _threadWorksAlone;

    private readonly object _sleep = new();
    private readonly object _finish = new();
    private readonly List<Thread> _started = [];
    private JobWords _words;
    private Job? _job;
    private int _items;
    private int _threads;
    private int _busy;
    private int _sleepers;
    private int _callerSleeps;

    /// <summary>Makes a pool whose threads start at the first work for more than one of them.</summary>
    internal WorkerPool(int threads) => _threads = CheckThreads(threads);

    /// <summary>The pool that all kernels of this process share.</summary>
    /// <exception cref="InvalidOperationException"><see cref="ThreadsVariable"/> holds something else than a number of threads.</exception>
    public static WorkerPool Shared => SharedPool.Value;

    /// <summary>Whether the kernels that the current thread starts run on it alone, whatever the pool's size: for threads that work side by side, one for each processor.
    /// Results never depend on it. Default false.</summary>
    public static bool ThreadWorksAlone
    {
        get => _threadWorksAlone;
        set => _threadWorksAlone = value;
    }

    /// <summary>
    /// How many threads work, the caller's included, 1 to <see cref="MaximumThreads"/>. The default is the number of processors that this process may use
    /// (at most 64), or what <see cref="ThreadsVariable"/> says. Results never depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not within its range.</exception>
    /// <exception cref="InvalidOperationException">The pool is at work; it changes its size only while idle.</exception>
    public int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            CheckThreads(value);
            if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            {
                SettingErrors.PoolIsBusy(value);
            }

            Resize(value);
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>
    /// Runs every item once and returns when all are done; which thread takes which item is left to chance. When the pool is at work already, for another
    /// thread or for an item that calls this, the items run here. The exception of the lowest item that failed is thrown after all items have ended.
    /// </summary>
    internal void Run<TWork>(in TWork work, int items)
        where TWork : struct, IWork
    {
        if (items <= 1 || Threads == 1 || _threadWorksAlone || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            RunHere(work, items);
            return;
        }

        Job<TWork> job = Job<TWork>.Rent(work);
        ExceptionDispatchInfo? failure;
        try
        {
            StartThreads();
            Publish(job, items);
            Take();
            WaitForOthers();
        }
        finally
        {
            _job = null;

            // Before another thread may start: it would find no job to use again and make one.
            failure = job.Failure;
            Job<TWork>.Return(job);
            Volatile.Write(ref _busy, 0);
        }

        failure?.Throw();
    }

    /// <summary>The number of threads that a wish names; the default for an empty one.</summary>
    internal static int ThreadsFrom(string? wish)
    {
        if (string.IsNullOrWhiteSpace(wish))
        {
            return Math.Clamp(Environment.ProcessorCount, 1, DefaultMaximum);
        }

        if (!int.TryParse(wish, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) || threads is < 1 or > MaximumThreads)
        {
            SettingErrors.NotAThreadCount(ThreadsVariable, wish, MaximumThreads);
        }

        return threads;
    }

    private static void RunHere<TWork>(in TWork work, int items)
        where TWork : struct, IWork
    {
        ExceptionDispatchInfo? failure = null;
        for (int item = 0; item < items; item++)
        {
            try
            {
                work.Run(item);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private static int CheckThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaximumThreads);
        return threads;
    }

    private void Resize(int threads)
    {
        Volatile.Write(ref _threads, threads);
        lock (_sleep)
        {
            Monitor.PulseAll(_sleep);
        }

        for (int last = _started.Count - 1; last >= threads - 1; last--)
        {
            _started[last].Join();
            _started.RemoveAt(last);
        }
    }

    private void StartThreads()
    {
        for (int index = _started.Count + 1; index < _threads; index++)
        {
            int ownIndex = index;
            Thread thread = new(() => Serve(ownIndex))
            {
                IsBackground = true,
                Name = string.Create(CultureInfo.InvariantCulture, $"Sequor worker {index}"),
            };
            _started.Add(thread);
            thread.Start();
        }
    }

    private void Serve(int index)
    {
        while (index < Threads)
        {
            if (!Take() && !SpinForWork(index))
            {
                SleepUntilWork(index);
            }
        }
    }

    private bool SpinForWork(int index)
    {
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        while (Stopwatch.GetTimestamp() < end)
        {
            for (int check = 0; check < 16; check++)
            {
                if (_words.HasItems)
                {
                    return true;
                }

                Thread.SpinWait(1);
            }

            if (index >= Threads)
            {
                return true;
            }
        }

        return false;
    }

    private void SleepUntilWork(int index)
    {
        lock (_sleep)
        {
            // Counting oneself, then looking for work, mirrors Publish: with a full fence in both, one of the two sees the other.
            Interlocked.Increment(ref _sleepers);
            while (!_words.HasItems && index < Threads)
            {
                Monitor.Wait(_sleep);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void Publish(Job job, int items)
    {
        _job = job;
        _items = items;
        _words.Start(items);
        int wake = Math.Min(Volatile.Read(ref _sleepers), items - 1);
        if (wake <= 0)
        {
            return;
        }

        lock (_sleep)
        {
            for (; wake > 0; wake--)
            {
                Monitor.Pulse(_sleep);
            }
        }
    }

    /// <summary>Runs items until none is left to claim; whether there was any.</summary>
    private bool Take()
    {
        int done = 0;
        while (_words.TryClaim(out int left))
        {
            // Only a claimed item keeps the job from ending, so the job is read after the claim and never before.
            _job!.Run(_items - left);
            done++;
        }

        if (done > 0 && _words.Finish(done) && Volatile.Read(ref _callerSleeps) != 0)
        {
            lock (_finish)
            {
                Monitor.PulseAll(_finish);
            }
        }

        return done > 0;
    }

    private void WaitForOthers()
    {
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        while (!_words.Finished)
        {
            if (Stopwatch.GetTimestamp() < end)
            {
                Thread.SpinWait(1);
                continue;
            }

            lock (_finish)
            {
                Interlocked.Exchange(ref _callerSleeps, 1);
                while (!_words.Finished)
                {
                    Monitor.Wait(_finish);
                }

                Interlocked.Exchange(ref _callerSleeps, 0);
            }
        }
    }
}
