using System.CommandLine;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Verbs;

/// <summary>Says what a model is.</summary>
internal sealed class InfoVerb : Verb
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The directory of a trained model." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object, numbers unrounded." };

    /// <summary>Makes the verb.</summary>
    public InfoVerb()
        : base("info", "Show what a model is: size, shape, vocabulary, training data, scores.", "sequor info models/en-de")
    {
        Arguments.Add(_model);
        Options.Add(_json);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string path = given.GetValue(_model)!;
        ModelChoice.RequireModel(path);
        using ModelDirectory model = ModelDirectory.Open(path);
        ModelInfo info = new(model);
        using LineSink sink = LineSink.Open(null, terminal);
        sink.Write(given.GetValue(_json) ? info.ToJson() : info.ToText());
        foreach (string warning in model.Warnings)
            terminal.Errors.WriteLine(warning);
        return ExitCode.Success;
    }
}
