using Sequor.Tensors.Kernels;
using Sequor.Tensors.Timing;

namespace Sequor.Decoding.Benchmarks;

/// <summary>What a model decodes in a second, and where the second goes.</summary>
public sealed record DecodingBenchmarkResult
{
    /// <summary>Weights of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>How its matrices are held.</summary>
    public required WeightType ComputeType { get; init; }

    /// <summary>Bytes of memory, or of a mapped file, that its weights take.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Sentences of a round.</summary>
    public required int Sentences { get; init; }

    /// <summary>The rounds, in order; nothing but the clock was added to them.</summary>
    public required IReadOnlyList<DecodingRound> Rounds { get; init; }

    /// <summary>The most bytes that the process has held at one time during the rounds, weights, code and runtime included; what loading needed is left
    /// out where the system can forget it (Linux). 0 where the system does not tell.</summary>
    public required long PeakResident { get; init; }

    /// <summary>All sentences once more on one worker with a clock around each kernel.</summary>
    public required KernelTimes Kernels { get; init; }

    /// <summary>What the decoder did in that time.</summary>
    public required DecoderWork TimedWork { get; init; }

    /// <summary>Sessions side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>Threads that compute, those of all workers.</summary>
    public required int Threads { get; init; }

    /// <summary>The instruction path, such as <c>avx512</c>.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>What multiplies by the weights: of integers the instructions, such as <c>avx-vnni</c>; otherwise the instruction path.</summary>
    public required string ProductInstructions { get; init; }

    /// <summary>Pieces of all outputs of a round, end signs included.</summary>
    public long TargetTokens => Rounds[0].TargetTokens;

    /// <summary>Of each round, pieces per second.</summary>
    public Percentiles TargetTokensPerSecond => new(Rounds.Select(round => round.TargetTokensPerSecond));

    /// <summary>Of each round, sentences per second.</summary>
    public Percentiles SentencesPerSecond => new(Rounds.Select(round => Sentences / Math.Max(round.Seconds, 1e-9)));

    /// <summary>Of each sentence of all rounds, wall time in seconds from when it was taken to when its outputs were there.</summary>
    public Percentiles SecondsPerSentence => new(Rounds.SelectMany(round => round.Sentences).Select(sentence => sentence.Seconds));

    /// <summary>What the decoder did in the first round; in others it did the same, but for who worked with whom.</summary>
    public DecoderWork Work => Rounds[0].Work;

    /// <summary>Of each round, bytes that a step allocated on the managed heap, those of the outputs included.</summary>
    public Percentiles ManagedBytesPerStep => new(Rounds.Select(round => round.Work.ManagedBytesPerStep));

    /// <summary>Of each round, the share of the workers' time in which sentences were read.</summary>
    public Percentiles EncodingShare => new(Rounds.Select(round => round.Work.EncodingSeconds / (Workers * Math.Max(round.Seconds, 1e-9))));
}
