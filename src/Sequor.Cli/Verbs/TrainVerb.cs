using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Cli.Verbs;

/// <summary>Trains a model.</summary>
internal sealed class TrainVerb : Verb
{
    private readonly TrainingPlan _plan = new();
    private readonly ThreadsOption _threads = new();
    private readonly Option<string?> _parent = new("--init-from", "--finetune-from") { HelpName = "MODEL", Description = "Start from this model's weights, with its shape and vocabulary." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be trained, list suspect pairs, and stop." };

    private readonly Option<string> _resume = new("--resume")
    {
        HelpName = "WHEN",
        Description = "auto goes on where a stopped run stands; never starts anew. Default: auto.",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>Makes the verb.</summary>
    public TrainVerb()
        : base("train", "Train a model: from a configuration, or from two files of sentences.",
            "sequor train config.yaml --set training.max_updates=20000",
            "sequor train --src train.en --tgt train.de --out runs/en-de --dry-run",
            "sequor train --src mine.en --tgt mine.de --out runs/mine --init-from models/en-de")
    {
        _plan.AddTo(this);
        Options.Add(_dryRun);
        Options.Add(_parent);
        Options.Add(_resume);
        _threads.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        if (given.GetValue(_resume) is not ("auto" or "never"))
            throw new UsageException($"--resume is '{given.GetValue(_resume)}', but must be auto or never.");
        string? parent = given.GetValue(_parent);
        if (parent is not null)
            ModelChoice.RequireModel(parent);

        PlannedTraining planned = _plan.Make(given, terminal);
        _threads.Apply(given, planned.Configuration.Training.Threads);
        TrainingRunOptions options = new()
        {
            Directory = planned.Directory,
            InitializeFrom = parent,
            Resume = given.GetValue(_resume) == "auto",
            Command = string.Join(' ', given.Tokens.Select(token => token.Value).Prepend("sequor")),
            Time = terminal.Time,
        };
        try
        {
            return Train(planned, options, given.GetValue(_dryRun), terminal, stop);
        }
        catch (ArgumentException fault) when (fault.GetType() == typeof(ArgumentException))
        {
            // A setting that the configuration alone could not know to be wrong, such as more pieces than the text gives.
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static int Train(PlannedTraining planned, TrainingRunOptions options, bool dryRun, Terminal terminal, CancellationToken stop)
    {
        using CompositeListener listener = new(terminal.OpenProgress(terminal));
        using CancellationTokenRegistration told = stop.Register(() => listener.Message("stopping after this update; Ctrl-C again ends at once"));
        if (dryRun || (planned.IsAutomatic && !Directory.Exists(Path.Combine(planned.Directory, "checkpoints"))))
            TrainingForecast.Tell(planned, RunEstimate.Measure(planned.Configuration, options, listener.Message, stop), terminal);
        stop.ThrowIfCancellationRequested();
        if (dryRun)
        {
            using LineSink sink = LineSink.Open(null, terminal);
            sink.Write(AutomaticRun.FindSuspects(planned.Configuration, isDevHeldOut: planned.Automatic is { DevPairs: > 0 }).ToString());
            return ExitCode.Success;
        }

        TrainingRunResult result = TrainingRun.Train(planned.Configuration, options, listener, stop);
        foreach (Sequor.Scoring.MetricResult metric in result.Metrics)
            terminal.Errors.WriteLine(metric.ToLine());
        terminal.Errors.WriteLine($"model = {result.ModelDirectory}");
        terminal.Errors.WriteLine($"report = {result.ReportPath}");
        return ExitCode.Success;
    }
}
