using System.CommandLine;
using System.Globalization;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Verbs;

/// <summary>Makes one model of several checkpoints.</summary>
internal sealed class AverageVerb : Verb
{
    private const string CheckpointDirectory = "checkpoints";
    private const string CheckpointPrefix = "update-";

    private readonly Argument<string[]> _paths = new("CHECKPOINT")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Checkpoints or models of one run; with --last, directories of runs.",
    };

    private readonly Option<string> _output = new("--output", "-o", "--out") { HelpName = "DIR", Description = "The model directory to write.", Required = true };
    private readonly Option<int?> _last = new("--last", "-n") { HelpName = "N", Description = "Average the last N checkpoints of each run." };

    private readonly Option<string> _storage = new("--storage")
    {
        HelpName = "TYPE",
        Description = "How weights are stored: f32, f16 or bf16. Default: f32.",
        DefaultValueFactory = _ => "f32",
    };

    /// <summary>Makes the verb.</summary>
    public AverageVerb()
        : base("average", "Average the weights of several checkpoints into one model.",
            "sequor average runs/en-de --last 5 -o models/en-de",
            "sequor average runs/en-de/checkpoints/update-00[89]000 -o models/en-de --storage f16")
    {
        Arguments.Add(_paths);
        Options.Add(_output);
        Options.Add(_last);
        Options.Add(_storage);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        StoredType storage = given.GetValue(_storage) switch
        {
            "f32" => StoredType.F32,
            "f16" => StoredType.F16,
            "bf16" => StoredType.BF16,
            var other => throw new UsageException($"--storage is '{other}', but must be f32, f16 or bf16."),
        };
        if (given.GetValue(_last) is < 1)
            throw new UsageException($"--last is {given.GetValue(_last)}, but must be 1 or more.");
        string[] paths = [.. given.GetValue(_paths)!.SelectMany(path => given.GetValue(_last) is { } last ? LastOf(path, last) : [Path.TrimEndingDirectorySeparator(path)])];
        foreach (string path in paths.Where(path => !Directory.Exists(path)))
            throw new InputException($"There is no checkpoint directory {path}. Check the path; relative ones start at {Environment.CurrentDirectory}.");

        string output = given.GetValue(_output)!;
        using ModelDirectory? model = OpenFinished(HomeOf(paths[0]));
        using AveragedWeights mean = AveragedWeights.Open(paths, storage);
        string hash = Contents(HomeOf(paths[0]), model, mean, paths.Length).Save(output);
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{paths.Length} sets of weights averaged into {output} (weights_sha256 {hash})"));
        return ExitCode.Success;
    }

    private static IEnumerable<string> LastOf(string run, int count)
    {
        string directory = Path.Combine(run, CheckpointDirectory);
        if (!Directory.Exists(directory))
            throw new InputException($"{run} is no run: it has no directory {CheckpointDirectory}.");
        string[] all =
        [
            .. Directory.EnumerateDirectories(directory, CheckpointPrefix + "*")
                .Select(path => (Path: path, IsNumber: long.TryParse(Path.GetFileName(path)[CheckpointPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long update), update))
                .Where(found => found.IsNumber).OrderBy(found => found.update).Select(found => found.Path),
        ];
        return all.Length >= count
            ? all.TakeLast(count)
            : throw new InputException($"{run} has {all.Length} checkpoints, but {count} are to be averaged. Raise training.keep_checkpoints.");
    }

    /// <summary>The directory that has the configuration and the vocabularies: the model's own, or that of the checkpoint's run.</summary>
    private static string HomeOf(string path)
    {
        string full = Path.GetFullPath(path);
        string[] candidates = [full, Path.GetDirectoryName(full) ?? full, Path.GetDirectoryName(Path.GetDirectoryName(full)) ?? full];
        return candidates.FirstOrDefault(ModelDirectory.HoldsModel)
            ?? throw new InputException($"{path} belongs to no run: neither it nor the directory two above has a {ModelDirectory.ConfigurationFile}.");
    }

    private static ModelDirectory? OpenFinished(string home) =>
        File.Exists(Path.Combine(home, ModelDirectory.WeightsFile)) ? ModelDirectory.Open(home) : null;

    private static ModelContents Contents(string home, ModelDirectory? finished, AveragedWeights mean, int count)
    {
        Configuration.SequorConfiguration configuration =
            finished?.Configuration ?? Configuration.SequorConfiguration.Load(Path.Combine(home, ModelDirectory.ConfigurationFile));
        // Scores and curves belong to other weights, and say nothing of the mean.
        ModelCard card = (finished?.Card ?? new ModelCard { Name = configuration.Name, Seed = configuration.Seed }) with { Metrics = [], Curve = [] };
        string origin = string.Create(CultureInfo.InvariantCulture, $"The mean of {count} sets of weights.");
        return new ModelContents
        {
            Configuration = configuration,
            Weights = mean.Tensors,
            Vocabularies = [.. configuration.Vocabulary.Model.Select(name => VocabularyPart.CopyOf(name, Path.Combine(home, name)))],
            Card = card with { Description = card.Description.Length > 0 ? $"{card.Description} {origin}" : origin },
        };
    }
}
