using System.CommandLine;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Cli.Quickstart;
using Sequor.Training.Logs;

namespace Sequor.Cli.Verbs;

/// <summary>From nothing to a translator in minutes.</summary>
internal sealed class QuickstartVerb : Verb
{
    private const string UsualDirectory = "sequor-quickstart";

    private readonly Option<string> _directory = new("--out", "--output", "-o")
    {
        HelpName = "DIR",
        Description = $"Where its files go; an earlier quickstart there is replaced. Default: {UsualDirectory}.",
        DefaultValueFactory = _ => UsualDirectory,
    };

    private readonly ThreadsOption _threads = new();

    /// <summary>Makes the verb.</summary>
    public QuickstartVerb()
        : base("quickstart", "Train a small translator in four minutes, from nothing, and see it work.", "sequor quickstart")
    {
        Options.Add(_directory);
        _threads.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        _threads.Apply(given);
        string directory = given.GetValue(_directory)!;
        RequireReplaceable(directory);
        using LineSink sink = LineSink.Open(null, terminal);
        using CompositeListener listener = new(terminal.OpenProgress(terminal));
        using CancellationTokenRegistration told = stop.Register(() => listener.Message("stopping after this update; Ctrl-C again ends at once"));
        QuickstartRun.Run(directory, sink.Writer, listener, terminal.Time, stop);
        return ExitCode.Success;
    }

    // The quickstart begins with an empty directory: it may only empty what it has filled.
    private static void RequireReplaceable(string directory)
    {
        if (File.Exists(directory))
            throw new InputException($"{directory} is a file; the quickstart needs a directory. Name another with --out.");
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any() && !File.Exists(Path.Combine(directory, "data", "train.en")))
            throw new InputException($"{directory} holds files that are not of a quickstart and would be lost. Name another directory with --out.");
    }
}
