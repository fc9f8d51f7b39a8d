using System.CommandLine;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Server.Operations;
using Sequor.Server.Settings;
using Sequor.Tensors.Cpu;

namespace Sequor.Cli.Verbs;

/// <summary>Serves models over HTTP.</summary>
internal sealed class ServeVerb : Verb
{
    private readonly ServerSettingOptions _settings = new();
    private readonly Option<bool> _printConfig = new("--print-config") { Description = "Print the settings in force as a YAML file, with the origin of each, and end." };

    /// <summary>Makes the verb.</summary>
    public ServeVerb()
        : base("serve", "Serve trained models over HTTP, with a web page.",
            "sequor serve models/en-de",
            "sequor serve models/en-de models/de-en --host 0.0.0.0 --key-file keys.json --require-keys on",
            "sequor serve --config serving.yaml --print-config")
    {
        _settings.AddTo(this);
        Options.Add(_printConfig);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Heading, IReadOnlyList<Option> Options)> OptionGroups => _settings.Groups;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        EffectiveSettings settings = _settings.Read(given);
        foreach (string warning in settings.Warnings)
            terminal.Errors.WriteLine(warning);
        if (given.GetValue(_printConfig))
        {
            Overview.Write(settings.ToYaml(), terminal);
            return ExitCode.Success;
        }

        ServerOptions options = WithModels(settings.Options);
        if (options.Threads is { } threads && threads != WorkerPool.Shared.Threads)
            WorkerPool.Shared.Threads = threads;
        using ServerRun server = new(options, terminal.Errors, terminal.Time);
        Start(server, options, stop);
        stop.WaitHandle.WaitOne();
        server.End();
        return ExitCode.Success;
    }

    private static void Start(ServerRun server, ServerOptions options, CancellationToken stop)
    {
        try
        {
            server.Start(stop);
        }
        catch (Exception fault) when (ListeningFault.Explain(fault, options) is { } known)
        {
            throw known.IsWrongAddress ? new InputException(known.Sentence, fault) : new IOException(known.Sentence, fault);
        }
    }

    private static ServerOptions WithModels(ServerOptions options)
    {
        if (options.Models.Count == 0 && options.ModelsDirectory is { } directory)
        {
            if (!Directory.Exists(directory))
                throw new InputException($"There is no directory {directory}, which models_directory names.");
            options = options with { Models = [.. Directory.GetDirectories(directory).Where(ModelDirectory.HoldsModel).Order(StringComparer.Ordinal)] };
            if (options.Models.Count == 0)
                throw new InputException($"The directory {directory}, which models_directory names, holds no model.");
        }

        if (options.Models.Count == 0)
            throw new UsageException("MODEL is missing: name the directory of a trained model, or a --models-directory with models in it.");
        foreach (string path in options.Models)
            ModelChoice.RequireModel(path);
        if (options.Models.GroupBy(NameOf, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InputException($"Two models are called {twice.Key}, the name of their directories: {string.Join(" and ", twice)}. Leave one out, or rename its directory.");
        return options;
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
