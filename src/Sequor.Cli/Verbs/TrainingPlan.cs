using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Training.Runs;

namespace Sequor.Cli.Verbs;

/// <summary>The options by which a training is described: a configuration, or two files of sentences; and settings laid over either.</summary>
internal sealed class TrainingPlan
{
    private readonly Argument<string?> _configuration = new("CONFIG") { Arity = ArgumentArity.ZeroOrOne, Description = "A configuration in YAML. Default: --src and --tgt, and the rest is chosen." };
    private readonly Option<string[]> _settings = new("--set") { HelpName = "KEY=VALUE", Description = "Lay a setting over the configuration, such as training.max_updates=5000. May be given several times." };
    private readonly Option<string?> _source = new("--src", "--source") { HelpName = "FILE", Description = "Source sentences, one a line; plain or gzip." };
    private readonly Option<string?> _target = new("--tgt", "--target", "--trg") { HelpName = "FILE", Description = "Their translations, line by line." };
    private readonly Option<string?> _devSource = new("--dev-src") { HelpName = "FILE", Description = "Source sentences to validate on. Default: some are held out." };
    private readonly Option<string?> _devTarget = new("--dev-tgt", "--dev-trg") { HelpName = "FILE", Description = "Their translations." };
    private readonly Option<string?> _directory = new("--out", "--output", "-o") { HelpName = "DIR", Description = "Where the run writes. Default: the configuration's name without .yaml." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_configuration);
        foreach (Option option in (Option[])[_settings, _source, _target, _devSource, _devTarget, _directory])
            verb.Options.Add(option);
    }

    /// <summary>Reads or chooses the configuration.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Told what was chosen.</param>
    /// <exception cref="UsageException">The options do not describe a training.</exception>
    /// <exception cref="ConfigurationException">The configuration has faults.</exception>
    public PlannedTraining Make(ParseResult given, Terminal terminal)
    {
        UsageException.ThrowIfAny([.. Contradictions(given)]);
        string[] settings = given.GetValue(_settings) ?? [];
        if (given.GetValue(_configuration) is not { } path)
            return Automatic(given, settings, terminal);

        InputFile.Require(path);
        return new PlannedTraining(SequorConfiguration.Load(path, settings), DirectoryOf(given, path), null);
    }

    private string DirectoryOf(ParseResult given, string path)
    {
        string directory = given.GetValue(_directory) ?? Path.GetFileNameWithoutExtension(path);
        return directory.Length > 0 && !File.Exists(directory)
            ? directory
            : throw new UsageException($"The run cannot write to '{directory}'. Name a directory with --out.");
    }

    private PlannedTraining Automatic(ParseResult given, string[] settings, Terminal terminal)
    {
        string source = given.GetValue(_source)!;
        string target = given.GetValue(_target)!;
        InputFile.Require(source);
        InputFile.Require(target);
        CorpusConfiguration? dev = given.GetValue(_devSource) is { } devSource
            ? new CorpusConfiguration { Source = devSource, Target = given.GetValue(_devTarget) }
            : null;
        string directory = given.GetValue(_directory)!;
        AutomaticRun chosen = AutomaticRun.Plan(source, target, directory, dev);
        if (chosen.Notice is { } notice)
            terminal.Errors.WriteLine(notice);
        SequorConfiguration configuration = settings.Length == 0
            ? chosen.Configuration
            : SequorConfiguration.Parse(chosen.Configuration.ToYaml(), "the chosen configuration", settings);
        return new PlannedTraining(configuration, directory, chosen with { Configuration = configuration });
    }

    private IEnumerable<string> Contradictions(ParseResult given)
    {
        bool hasConfiguration = given.GetValue(_configuration) is not null;
        Option<string?>[] files = [_source, _target, _devSource, _devTarget];
        if (hasConfiguration)
        {
            foreach (Option<string?> option in files.Where(option => given.GetValue(option) is not null))
                yield return $"{option.Name} cannot go with a configuration; write the file into it, or set it with --set data.….";
            yield break;
        }

        if (files.All(option => given.GetValue(option) is null))
        {
            yield return "There is nothing to train on. Give a configuration, or --src, --tgt and --out.";
            yield break;
        }

        foreach (Option<string?> option in (Option<string?>[])[_source, _target, _directory])
        {
            if (given.GetValue(option) is null)
                yield return $"The option {option.Name} is needed: without a configuration, a training takes --src, --tgt and --out.";
        }

        if (given.GetValue(_devSource) is null != given.GetValue(_devTarget) is null)
            yield return "--dev-src and --dev-tgt go together; one is missing.";
    }
}
