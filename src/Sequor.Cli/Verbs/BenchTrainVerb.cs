using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Training.Benchmarks;

namespace Sequor.Cli.Verbs;

/// <summary>Measures a training.</summary>
internal sealed class BenchTrainVerb : Verb
{
    private static readonly BenchmarkOptions _defaults = new();

    private readonly Argument<string> _configuration = new("CONFIG") { Description = "A configuration in YAML, as train takes it." };
    private readonly Option<string[]> _settings = new("--set") { HelpName = "KEY=VALUE", Description = "Lay a setting over the configuration, such as training.batch_tokens=2048. May be given several times." };

    private readonly Option<int> _warmUp = new("--warm-up", "--warmup")
    {
        HelpName = "N",
        Description = $"Updates before the clock starts. Default: {_defaults.WarmUp}.",
        DefaultValueFactory = _ => _defaults.WarmUp,
    };

    private readonly Option<int> _updates = new("--updates")
    {
        HelpName = "N",
        Description = $"Updates that are measured. Default: {_defaults.Updates}.",
        DefaultValueFactory = _ => _defaults.Updates,
    };

    private readonly Option<double> _peakSeconds = new("--peak-seconds")
    {
        HelpName = "SECONDS",
        Description = "How long each measurement of the machine's peak takes, 0 to 60; 0 leaves it out. Default: 1.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _vocabulary = new("--vocabulary") { HelpName = "DIR", Description = "A run's directory, whose vocabulary is used. Default: the one that train would write to, where it exists." };
    private readonly Option<string?> _batches = new("--write-batches") { HelpName = "FILE", Description = "Write the measured batches as JSON lines of ids, for comparisons." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, numbers unrounded." };
    private readonly ThreadsOption _threads = new();

    /// <summary>Makes the verb.</summary>
    public BenchTrainVerb()
        : base("train", "Measure a training: tokens a second, memory, and the share of each kernel.",
            "sequor bench train config.yaml --threads 2",
            "sequor bench train config.yaml --updates 200 --json")
    {
        Arguments.Add(_configuration);
        foreach (Option option in (Option[])[_settings, _warmUp, _updates, _peakSeconds, _vocabulary, _batches, _json])
            Options.Add(option);
        _threads.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string path = given.GetValue(_configuration)!;
        double peakSeconds = given.GetValue(_peakSeconds);
        BenchmarkOptions options = new()
        {
            WarmUp = given.GetValue(_warmUp),
            Updates = given.GetValue(_updates),
            VocabularyDirectory = given.GetValue(_vocabulary) ?? Path.GetFileNameWithoutExtension(path),
            Time = terminal.Time,
        };
        UsageException.ThrowIfAny([.. Faults(given, peakSeconds), .. options.Validate()]);
        InputFile.Require(path);
        SequorConfiguration configuration = SequorConfiguration.Load(path, given.GetValue(_settings) ?? []);
        _threads.Apply(given, configuration.Training.Threads);
        try
        {
            TrainingSpeed speed = Measure(configuration, options, peakSeconds, terminal, stop);
            if (given.GetValue(_batches) is { } batches)
                WriteBatches(batches, speed.Training);
            using LineSink sink = LineSink.Open(null, terminal);
            sink.Write(given.GetValue(_json) ? speed.ToJson() : speed.ToText());
            return ExitCode.Success;
        }
        catch (ArgumentException fault) when (fault.GetType() == typeof(ArgumentException))
        {
            // A setting that the configuration alone could not know to be wrong, such as more pieces than the text gives.
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static TrainingSpeed Measure(
        SequorConfiguration configuration, BenchmarkOptions options, double peakSeconds, Terminal terminal, CancellationToken stop)
    {
        MachinePeak before = MachinePeak.Measure(peakSeconds);
        TrainingBenchmarkResult training = TrainingBenchmark.Measure(configuration, options, terminal.Errors.WriteLine, stop);
        return new TrainingSpeed(training, before, MachinePeak.Measure(peakSeconds));
    }

    private static void WriteBatches(string path, TrainingBenchmarkResult result)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using BufferedStream buffer = new(file);
        BatchFile.Write(buffer, result);
    }

    private IEnumerable<string> Faults(ParseResult given, double peakSeconds)
    {
        if (!(peakSeconds is >= 0 and <= 60))
            yield return FormattableString.Invariant($"--peak-seconds is {peakSeconds}, but must be 0 to 60.");
        if (given.GetValue(_vocabulary) is { } directory && !Directory.Exists(directory))
            yield return $"--vocabulary is '{directory}', but there is no such directory.";
        if (given.GetValue(_batches) is { } batches && (batches.Length == 0 || Directory.Exists(batches)))
            yield return $"--write-batches is '{batches}', but a file to write is needed.";
    }
}
