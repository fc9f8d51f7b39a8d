using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sequor.Cli.Faults;
using Sequor.Cli.Mcp;
using Sequor.Extensions;

namespace Sequor.Cli.Verbs;

/// <summary>Offers models to assistants as tools, over standard input and output.</summary>
internal sealed class McpVerb : Verb
{
    private readonly Argument<string[]> _models = new("MODEL") { Description = "The directories of trained models; the first is the one that is meant when none is named.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _lazy = new("--lazy") { Description = "Load a model when it is first asked for, not at the start." };
    private readonly ThreadsOption _threads = new();
    private readonly ComputeTypeOption _computeType = new();

    /// <summary>Makes the verb.</summary>
    public McpVerb()
        : base("mcp", "Offer models to assistants as tools, over the Model Context Protocol.",
            "sequor mcp models/en-de",
            "sequor mcp models/en-de models/de-en --lazy")
    {
        Arguments.Add(_models);
        Options.Add(_lazy);
        _threads.AddTo(this);
        _computeType.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        _threads.Apply(given);
        string[] paths = given.GetValue(_models)!;
        foreach (string path in paths)
            ModelChoice.RequireModel(path);
        UsageException.ThrowIfAny([.. TwiceNamed(paths)]);
        var options = new ModelRegistryOptions { ComputeType = _computeType.Of(given), LoadLazily = given.GetValue(_lazy), WarmUp = true };
        using var logger = new TerminalLogger(terminal.Errors, LogLevel.Warning);
        using var models = new ModelRegistry(paths, options, terminal.Time, new Logger<ModelRegistry>(logger));
        terminal.Errors.WriteLine($"Offering {string.Join(", ", models.Models.Select(model => model.Id))} over standard input and output; the end of the input ends the program.");
        new ToolServer(ToolServer.ToolsOver(models), logger).RunAsync(terminal.Input, terminal.Output, stop).GetAwaiter().GetResult();
        return ExitCode.Success;
    }

    private static IEnumerable<string> TwiceNamed(IEnumerable<string> paths) => paths
        .Select(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))
        .CountBy(id => id, StringComparer.Ordinal)
        .Where(pair => pair.Value > 1)
        .Select(pair => $"Two models are called '{pair.Key}', the name of their directories. Rename one of them.");
}
