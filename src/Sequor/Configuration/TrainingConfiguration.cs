namespace Sequor.Configuration;

/// <summary>How a model is trained: <c>training:</c> in the file.</summary>
public sealed partial record TrainingConfiguration
{
    /// <summary>The optimiser.</summary>
    public OptimizerConfiguration Optimizer { get; init; } = new();

    /// <summary>The learning rate that the schedule moves, above 0; for <see cref="ScheduleChoice.Noam"/> its factor. Default: 0.0005.</summary>
    public double LearningRate { get; init; } = 0.0005;

    /// <summary>How the learning rate moves. Default: <see cref="ScheduleChoice.InverseSqrt"/>.</summary>
    public ScheduleChoice Schedule { get; init; } = ScheduleChoice.InverseSqrt;

    /// <summary>Updates over which the learning rate rises in a straight line, at least 0. Default: 4,000.</summary>
    public long WarmupUpdates { get; init; } = 4000;

    /// <summary>The learning rate at the start of warm-up, at least 0. Default: 0.</summary>
    public double WarmupFrom { get; init; }

    /// <summary>Updates after warm-up over which linear and cosine schedules fall, at least 1; null for all up to <see cref="MaxUpdates"/>. Default: null.</summary>
    public long? DecayUpdates { get; init; }

    /// <summary>What exponential and plateau schedules multiply by, above 0 and at most 1. Default: 0.5.</summary>
    public double DecayFactor { get; init; } = 0.5;

    /// <summary>Updates between two steps of the exponential schedule, at least 1. Default: 10,000.</summary>
    public long DecayInterval { get; init; } = 10_000;

    /// <summary>Validations without improvement before the plateau schedule falls, at least 1. Default: 3.</summary>
    public int DecayPatience { get; init; } = 3;

    /// <summary>The learning rate below which no schedule falls, at least 0. Default: 0.</summary>
    public double MinimumLearningRate { get; init; }

    /// <summary>What the decoder reads.</summary>
    public FeedingConfiguration Feeding { get; init; } = new();

    /// <summary>Probability mass spread over all pieces but the right one, from 0 to below 1. Default: 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>How corpora with <c>alignments</c> teach attention where to look; null for not at all. Default: null.</summary>
    public GuidedAttentionConfiguration? GuidedAttention { get; init; }

    /// <summary>The largest norm of the whole gradient, at least 0; 0 turns clipping off. Default: 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Target tokens of a batch, 1 to 268,435,456; unused when <see cref="BatchSentences"/> is set. Default: 4,096.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Sentence pairs of a batch, 1 to 16,777,216; null to count tokens. Default: null.</summary>
    public int? BatchSentences { get; init; }

    /// <summary>Whether padding counts as tokens of a batch, which bounds memory instead of work. Default: false.</summary>
    public bool CountPadding { get; init; }

    /// <summary>Batches whose gradients make one update, 1 to 1,000,000. Default: 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Updates after which training ends, at least 1; null for no limit. Default: 100,000.</summary>
    public long? MaxUpdates { get; init; } = 100_000;

    /// <summary>Passes over the data after which training ends, at least 1; null for no limit. Default: null.</summary>
    public int? MaxEpochs { get; init; }

    /// <summary>Minutes of wall time after which training ends, above 0; null for no limit. It never changes the steps before. Default: null.</summary>
    public double? MaxMinutes { get; init; }

    /// <summary>Updates between two validations, at least 1. Default: 1,000.</summary>
    public long ValidateEvery { get; init; } = 1000;

    /// <summary>Sentences of the dev set that are decoded greedily and scored at each validation, 0 to 16,777,216; 0 decodes none. Default: 500.</summary>
    public int ValidationSentences { get; init; } = 500;

    /// <summary>Updates between two checkpoints, at least 1. Default: 1,000.</summary>
    public long CheckpointEvery { get; init; } = 1000;

    /// <summary>Checkpoints kept besides the best, 1 to 1,000,000. Default: 5.</summary>
    public int KeepCheckpoints { get; init; } = 5;

    /// <summary>Last checkpoints whose weights are averaged at the end, 1 to 1,000,000; 1 averages nothing. At most <see cref="KeepCheckpoints"/>. Default: 1.</summary>
    public int AverageLast { get; init; } = 1;

    /// <summary>When training ends because it no longer helps.</summary>
    public EarlyStoppingConfiguration EarlyStopping { get; init; } = new();

    /// <summary>How slowly the exponential moving average of the weights forgets, from 0 to below 1; 0 keeps none. Default: 0.</summary>
    public double EmaDecay { get; init; }

    /// <summary>Parameters that learn otherwise than the rest; the first match counts. Default: none.</summary>
    public ValueList<ParameterGroupConfiguration> ParameterGroups { get; init; } = [];

    /// <summary>Patterns of parameter names that do not learn at all. Default: none.</summary>
    public ValueList<string> Freeze { get; init; } = [];

    /// <summary>How the finished model's weights are stored; checkpoints always keep 32 bits. Default: <see cref="StorageChoice.Float32"/>.</summary>
    public StorageChoice Storage { get; init; } = StorageChoice.Float32;

    /// <summary>Updates between two lines of the log, at least 1. Default: 50.</summary>
    public long LogEvery { get; init; } = 50;

    /// <summary>Whether the run writes event files for TensorBoard into <c>tensorboard</c> in its directory. Default: false.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Threads of the engine, 1 to 4,096; null for one per core. Results do not depend on it. Default: null.</summary>
    public int? Threads { get; init; }

    /// <summary>The seed of shuffling, dropout and initial weights, 0 or more; null for the file's own <c>seed</c>. Default: null.</summary>
    public long? Seed { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
