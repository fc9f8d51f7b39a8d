using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Tensors.Cpu;

namespace Sequor.Cli.Verbs;

/// <summary>The option <c>--threads</c> of every verb that computes.</summary>
internal sealed class ThreadsOption
{
    private readonly Option<int?> _threads = new("--threads", "--cpu-threads", "-j") { HelpName = "N", Description = "Threads that compute; no result depends on it. Default: one per processor." };

    /// <summary>Gives the option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb) => verb.Options.Add(_threads);

    /// <summary>Sets the number of threads, also from <see cref="WorkerPool.ThreadsVariable"/>.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="otherwise">The number where the option is not given; null for the default.</param>
    /// <exception cref="UsageException">The number is out of range.</exception>
    public void Apply(ParseResult given, int? otherwise = null)
    {
        int? threads = given.GetValue(_threads) ?? otherwise;
        if (threads is < 1 or > WorkerPool.MaximumThreads)
            throw new UsageException($"--threads is {threads}, but must be 1 to {WorkerPool.MaximumThreads}.");
        try
        {
            WorkerPool pool = WorkerPool.Shared;
            if (threads is { } wish && wish != pool.Threads)
                pool.Threads = wish;
        }
        catch (InvalidOperationException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
