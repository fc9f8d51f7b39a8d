using System.Runtime.ExceptionServices;

namespace Sequor.Alignments;

/// <summary>Runs numbered shares of a piece of work on several threads. Shares are cut by the work, never by the number of threads.</summary>
internal static class Shares
{
    /// <summary>Runs every share once. The fault of the lowest share that failed is thrown after all have ended.</summary>
    /// <param name="count">How many shares there are.</param>
    /// <param name="threads">How many threads work, the caller's included, 1 or more.</param>
    /// <param name="stop">Looked at before each share.</param>
    /// <param name="run">Does a share, 0 to <paramref name="count"/> - 1.</param>
    internal static void Run(int count, int threads, CancellationToken stop, Action<int> run)
    {
        int next = -1;
        var faults = new SortedDictionary<int, Exception>();
        void Take()
        {
            for (int share = Interlocked.Increment(ref next); share < count; share = Interlocked.Increment(ref next))
            {
                try
                {
                    stop.ThrowIfCancellationRequested();
                    run(share);
                }
                catch (Exception fault)
                {
                    lock (faults)
                        faults.Add(share, fault);
                }
            }
        }

        Thread[] others = new Thread[Math.Min(threads, count) - 1 is > 0 and var wanted ? wanted : 0];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Take) { IsBackground = true, Name = "Sequor aligner" };
            others[i].Start();
        }

        Take();
        foreach (Thread other in others)
            other.Join();
        if (faults.Count > 0)
            ExceptionDispatchInfo.Throw(faults.First().Value);
    }
}
