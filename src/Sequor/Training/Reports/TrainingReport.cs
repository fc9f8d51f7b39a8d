using Sequor.Training.Logs;

namespace Sequor.Training.Reports;

/// <summary>Everything that the report of a training shows. What is left empty has no place on the page.</summary>
public sealed record TrainingReport
{
    /// <summary>The page's heading, for example <c>English to German, transformer-tiny</c>.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two on what was done. Default empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The command that made the model. Default empty.</summary>
    public string Command { get; init; } = "";

    /// <summary>When the training ended, or <see langword="null"/> to leave it out. Default null.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The configuration as YAML text. Default empty.</summary>
    public string ConfigurationYaml { get; init; } = "";

    /// <summary>What is worth a warning, a sentence each; shown first. Default empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the run ended, or <see langword="null"/> where it is not known. Default null.</summary>
    public TrainingSummary? Summary { get; init; }

    /// <summary>The training log, in the order of the updates. Default empty.</summary>
    public IReadOnlyList<TrainingLogEntry> Updates { get; init; } = [];

    /// <summary>The validation log, in the order of the updates. Default empty.</summary>
    public IReadOnlyList<ValidationEntry> Validations { get; init; } = [];

    /// <summary>Scores on test sets; the first one stands at the top of the page. Default empty.</summary>
    public IReadOnlyList<MetricResult> Metrics { get; init; } = [];

    /// <summary>Translations of unseen sentences. Default empty.</summary>
    public IReadOnlyList<SampleTranslation> Samples { get; init; } = [];

    /// <summary>Attention of some sentences. Default empty.</summary>
    public IReadOnlyList<AttentionMap> Attention { get; init; } = [];

    /// <summary>What fine-tuning gained and lost against the parent model, or <see langword="null"/> where there is no parent. Default null.</summary>
    public FineTuningComparison? FineTuning { get; init; }

    /// <summary>The data sets and what the filters took from them. Default empty.</summary>
    public IReadOnlyList<DataSummary> Data { get; init; } = [];

    /// <summary>The model's parts, or <see langword="null"/> to leave them out. Default null.</summary>
    public ModelSummary? Model { get; init; }

    /// <summary>The machine the training ran on, or <see langword="null"/> to leave it out. Default null.</summary>
    public MachineDescription? Machine { get; init; }
}
