namespace Sequor.Configuration;

public sealed partial record TrainingConfiguration
{
    private static readonly IntegerBounds _updates = new(1, 1L << 53);

    internal static Schema<TrainingConfiguration> Schema { get; } = new Schema<TrainingConfiguration>(_ => new())
        .Child("optimizer", OptimizerConfiguration.Schema, c => c.Optimizer, (c, v) => c with { Optimizer = v })
        .Number("learning_rate", NumberBounds.Positive, c => c.LearningRate, (c, v) => c with { LearningRate = v }, "lr")
        .Choice("schedule",
            new(("constant", ScheduleChoice.Constant), ("inverse_sqrt", ScheduleChoice.InverseSqrt), ("noam", ScheduleChoice.Noam),
                ("linear", ScheduleChoice.Linear), ("cosine", ScheduleChoice.Cosine), ("exponential", ScheduleChoice.Exponential),
                ("plateau", ScheduleChoice.Plateau)),
            c => c.Schedule, (c, v) => c with { Schedule = v }, "lr_scheduler", "scheduling")
        .Long("warmup_updates", new(0, 1L << 53), c => c.WarmupUpdates, (c, v) => c with { WarmupUpdates = v }, "warmup_steps", "warmup")
        .Number("warmup_from", NumberBounds.NotNegative, c => c.WarmupFrom, (c, v) => c with { WarmupFrom = v }, "warmup_init_lr")
        .OptionalLong("decay_updates", _updates, c => c.DecayUpdates, (c, v) => c with { DecayUpdates = v })
        .Number("decay_factor", new(0, 1, AboveMinimum: true), c => c.DecayFactor, (c, v) => c with { DecayFactor = v }, "decrease_factor")
        .Long("decay_interval", _updates, c => c.DecayInterval, (c, v) => c with { DecayInterval = v })
        .Integer("decay_patience", new(1, 1_000_000), c => c.DecayPatience, (c, v) => c with { DecayPatience = v })
        .Number("minimum_learning_rate", NumberBounds.NotNegative, c => c.MinimumLearningRate, (c, v) => c with { MinimumLearningRate = v }, "min_lr")
        .Child("feeding", FeedingConfiguration.Schema, c => c.Feeding, (c, v) => c with { Feeding = v })
        .Number("label_smoothing", NumberBounds.Rate, c => c.LabelSmoothing, (c, v) => c with { LabelSmoothing = v })
        .OptionalChild("guided_attention", GuidedAttentionConfiguration.Schema, c => c.GuidedAttention, (c, v) => c with { GuidedAttention = v })
        .Number("clip_norm", NumberBounds.NotNegative, c => c.ClipNorm, (c, v) => c with { ClipNorm = v }, "max_grad_norm")
        .Integer("batch_tokens", new(1, 1 << 28), c => c.BatchTokens, (c, v) => c with { BatchTokens = v }, "max_tokens")
        .OptionalInteger("batch_sentences", new(1, 1 << 24), c => c.BatchSentences, (c, v) => c with { BatchSentences = v }, "batch_size", "max_sentences")
        .Boolean("count_padding", c => c.CountPadding, (c, v) => c with { CountPadding = v })
        .Integer("accumulate", new(1, 1_000_000), c => c.Accumulate, (c, v) => c with { Accumulate = v }, "update_freq", "batch_multiplier")
        .OptionalLong("max_updates", _updates, c => c.MaxUpdates, (c, v) => c with { MaxUpdates = v }, "max_update", "max_steps", "updates")
        .OptionalInteger("max_epochs", new(1, int.MaxValue), c => c.MaxEpochs, (c, v) => c with { MaxEpochs = v }, "max_epoch", "epochs")
        .OptionalNumber("max_minutes", NumberBounds.Positive, c => c.MaxMinutes, (c, v) => c with { MaxMinutes = v })
        .Long("validate_every", _updates, c => c.ValidateEvery, (c, v) => c with { ValidateEvery = v }, "validation_freq")
        .Choice("storage", new(("float32", StorageChoice.Float32), ("float16", StorageChoice.Float16), ("bfloat16", StorageChoice.BFloat16)),
            c => c.Storage, (c, v) => c with { Storage = v })
        .Integer("validation_sentences", new(0, 1 << 24), c => c.ValidationSentences, (c, v) => c with { ValidationSentences = v })
        .Long("checkpoint_every", _updates, c => c.CheckpointEvery, (c, v) => c with { CheckpointEvery = v }, "save_interval_updates")
        .Integer("keep_checkpoints", new(1, 1_000_000), c => c.KeepCheckpoints, (c, v) => c with { KeepCheckpoints = v }, "keep_last")
        .Integer("average_last", new(1, 1_000_000), c => c.AverageLast, (c, v) => c with { AverageLast = v })
        .Child("early_stopping", EarlyStoppingConfiguration.Schema, c => c.EarlyStopping, (c, v) => c with { EarlyStopping = v })
        .Number("ema_decay", NumberBounds.Rate, c => c.EmaDecay, (c, v) => c with { EmaDecay = v })
        .Children("parameter_groups", ParameterGroupConfiguration.Schema, c => c.ParameterGroups, (c, v) => c with { ParameterGroups = v })
        .Texts("freeze", c => c.Freeze, (c, v) => c with { Freeze = v })
        .Long("log_every", _updates, c => c.LogEvery, (c, v) => c with { LogEvery = v }, "logging_freq")
        .Boolean("tensorboard", c => c.TensorBoard, (c, v) => c with { TensorBoard = v })
        .OptionalInteger("threads", new(1, 4096), c => c.Threads, (c, v) => c with { Threads = v })
        .OptionalLong("seed", new(0, long.MaxValue), c => c.Seed, (c, v) => c with { Seed = v })
        .Require(["warmup_updates", "schedule"], c => c.Schedule != ScheduleChoice.Noam || c.WarmupUpdates > 0 ? null
            : "the noam schedule rises during warm-up, and warmup_updates is 0; give it at least 1")
        .Require(["schedule", "decay_updates", "max_updates"], DecayProblem)
        .Require(["minimum_learning_rate", "learning_rate", "schedule"],
            c => c.Schedule == ScheduleChoice.Noam || c.MinimumLearningRate <= c.LearningRate ? null
            : "minimum_learning_rate must not be above learning_rate")
        .Require(["average_last", "keep_checkpoints"], c => c.AverageLast <= c.KeepCheckpoints ? null
            : $"the last {c.AverageLast} checkpoints cannot be averaged when {c.KeepCheckpoints} are kept; raise keep_checkpoints");

    private static string? DecayProblem(TrainingConfiguration training)
    {
        bool falls = training.Schedule is ScheduleChoice.Linear or ScheduleChoice.Cosine;
        return falls && training is { DecayUpdates: null, MaxUpdates: null }
            ? "linear and cosine schedules must know their end: set decay_updates or max_updates"
            : null;
    }
}
