using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Sequor.Extensions;
using Sequor.Server;
using Sequor.Server.Settings;

namespace Sequor.Cli.Verbs;

/// <summary>Serves models over HTTP.</summary>
internal sealed class ServeVerb : Verb
{
    private readonly Argument<string[]> _models = new("MODEL") { Description = "The directories of trained models.", Arity = ArgumentArity.OneOrMore };

    /// <summary>Makes the verb.</summary>
    public ServeVerb()
        : base("serve", "Serve trained models over HTTP, with a web page.", "sequor serve models/en-de")
    {
        Arguments.Add(_models);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string[] paths = given.GetValue(_models)!;
        foreach (string path in paths)
            ModelChoice.RequireModel(path);
        var options = new ServerOptions { Models = paths };
        using var models = new ModelRegistry(paths);
        WebApplication app = ServerApplication.Build(options, models);
        terminal.Errors.WriteLine($"Serving {string.Join(", ", models.Models.Select(model => model.Id))} at {options.Url}");
        app.StartAsync(stop).GetAwaiter().GetResult();
        stop.WaitHandle.WaitOne();
        app.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        return Faults.ExitCode.Success;
    }
}
