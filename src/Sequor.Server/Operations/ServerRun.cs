using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;
using Sequor.Server.Keys;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>A server from its start to its end, with its models and its log.</summary>
internal sealed partial class ServerRun : IDisposable
{
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly long _began;
    private readonly ModelRegistry _models;
    private readonly WebApplication _app;

    /// <summary>Loads the models and makes the server; it does not listen yet.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="lines">Where log lines go.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one.</exception>
    /// <exception cref="InvalidDataException">The key file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal ServerRun(ServerOptions options, TextWriter lines, TimeProvider time)
    {
        (_options, _time, _began) = (options, time, time.GetTimestamp());
        if (options.KeyFile is { } keys)
        {
            // The server reads it anew; loading models first would let whoever mistyped its name wait.
            KeyFile.Read(keys);
        }

        LogLines provider = new(lines, options.LogFormat, time);
        _logs = LoggerFactory.Create(builder => builder.AddProvider(provider));
        _log = _logs.CreateLogger("Sequor.Server");
        ModelRegistryOptions held = new()
        {
            Batching = options.Batching,
            ComputeType = options.ComputeType,
            ModelsDirectory = options.ModelsDirectory,
            IdleTimeout = options.IdleUnload,
        };
        _models = new ModelRegistry(options.Models, held, time, _logs.CreateLogger<ModelRegistry>());
        _app = ServerApplication.Build(options, _models, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(provider);
            builder.Services.AddSingleton(time);
        });
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="stop">Ends the start.</param>
    internal void Start(CancellationToken stop)
    {
        foreach (string line in MachineReport.Lines(_options, _models))
        {
            LogLine(_log, line);
        }

        foreach (string warning in MachineReport.Warnings(_options))
        {
            LogWarning(_log, warning);
        }

        _app.StartAsync(stop).GetAwaiter().GetResult();
        LogLine(_log, string.Create(CultureInfo.InvariantCulture,
            $"Listening at {string.Join(", ", _app.Urls)} after {_time.GetElapsedTime(_began).TotalMilliseconds:N0} ms"));
    }

    /// <summary>Finishes what was begun, as long as the drain lasts, and ends.</summary>
    internal void End()
    {
        LogLine(_log, string.Create(CultureInfo.InvariantCulture, $"Ending: what was begun has {_options.Drain.TotalSeconds:0.###} s; a second signal ends it at once"));
        _app.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        LogLine(_log, "Ended");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _models.Dispose();
        _logs.Dispose();
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger log, string line);

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger log, string warning);
}
