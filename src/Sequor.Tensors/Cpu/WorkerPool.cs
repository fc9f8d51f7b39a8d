namespace Sequor.Tensors.Cpu;

/// <summary>Work that falls into numbered items. Items are cut by the shape of the work, never by the number of threads.</summary>
internal interface IWork
{
    /// <summary>Does one item.</summary>
    /// <param name="item">0 to items - 1.</param>
    void Run(int item);
}

/// <summary>The process's own threads for kernels.</summary>
public sealed class WorkerPool
{
    /// <summary>The pool that all kernels of this process share.</summary>
    public static WorkerPool Shared { get; } = new();

    /// <summary>How many threads work, the caller's included.</summary>
    public int Threads => 1;

    /// <summary>Runs every item once and returns when all are done; which thread takes which item is left to chance.</summary>
    internal void Run<TWork>(in TWork work, int items)
        where TWork : struct, IWork
    {
        for (int item = 0; item < items; item++)
        {
            work.Run(item);
        }
    }
}
