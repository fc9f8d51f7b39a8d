using Sequor.Batching;
using Sequor.Tensors.Timing;
using Sequor.Text;

namespace Sequor.Training.Benchmarks;

/// <summary>What a training does in a second, and where the second goes.</summary>
public sealed record TrainingBenchmarkResult
{
    /// <summary>What was trained.</summary>
    public required string Name { get; init; }

    /// <summary>Weights of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Batches whose gradients are summed in one update.</summary>
    public required int Accumulate { get; init; }

    /// <summary>The updates, in order; nothing but the clock was added to them.</summary>
    public required IReadOnlyList<MeasuredUpdate> Updates { get; init; }

    /// <summary>The same batches again with a clock around each kernel.</summary>
    public required KernelTimes Kernels { get; init; }

    /// <summary>What the training has needed of the machine's memory, before kernels were timed.</summary>
    public required TrainingMemory Memory { get; init; }

    /// <summary>Bytes that all threads have allocated on the managed heap during the measured updates.</summary>
    public required long ManagedBytesOfAllThreads { get; init; }

    /// <summary>Collections of the heap's oldest generation during the measured updates.</summary>
    public required int OldestCollections { get; init; }

    /// <summary>The batches of the measured updates, in order.</summary>
    public required IReadOnlyList<TrainingBatch> Batches { get; init; }

    /// <summary>What source ids mean.</summary>
    public required Vocabulary Source { get; init; }

    /// <summary>What target ids mean.</summary>
    public required Vocabulary Target { get; init; }

    /// <summary>Threads that compute.</summary>
    public required int Threads { get; init; }

    /// <summary>The instruction path, such as <c>avx512</c>.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>Real target tokens of all updates.</summary>
    public long TargetTokens => Updates.Sum(update => update.TargetTokens);

    /// <summary>Wall time of all updates.</summary>
    public double Seconds => Updates.Sum(update => update.Seconds);

    /// <summary>Of each update, real target tokens per second.</summary>
    public Quartiles TargetTokensPerSecond => Quartiles.Of(Updates.Select(update => update.TargetTokensPerSecond));

    /// <summary>Of each update, wall time in seconds.</summary>
    public Quartiles SecondsPerUpdate => Quartiles.Of(Updates.Select(update => update.Seconds));

    /// <summary>Of each update, bytes that the training thread allocated on the managed heap.</summary>
    public Quartiles ManagedBytesPerUpdate => Quartiles.Of(Updates.Select(update => (double)update.ManagedBytes));
}
