using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;

namespace Sequor.Server.Operations;

/// <summary>Whether requests should be sent here: after every model has translated once, and until the server is told to end.</summary>
internal sealed partial class Readiness : BackgroundService
{
    private const string WarmUpText = "Hello.";

    // As long as the registry waits before it tries the same files again.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly ModelRegistry _models;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private volatile string? _obstacle = "The models are being loaded.";

    /// <summary>Makes the watch.</summary>
    public Readiness(ModelRegistry models, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Readiness> log) => (_models, _lifetime, _time, _log) = (models, lifetime, time, log);

    /// <summary>Why no requests should be sent here, as a sentence; null where they should.</summary>
    internal string? Obstacle => _lifetime.ApplicationStopping.IsCancellationRequested ? "The server is ending; it finishes what it has begun." : _obstacle;

    /// <summary>Waits until the server is ready, or ends before.</summary>
    internal Task WarmedUp => ExecuteTask ?? Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The rest of the server starts meanwhile; a thread of the pool waits for the decoding threads.
        await Task.Yield();
        long began = _time.GetTimestamp();
        try
        {
            foreach (ModelEntry model in _models.Models)
            {
                _obstacle = $"The model {model.Id} is being warmed up.";
                await WarmUpAsync(model.Id, stoppingToken).ConfigureAwait(false);
            }

            _obstacle = null;
            LogReady(_log, (long)_time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends before it was ready.
        }
    }

    // What ails a model may pass: memory that others give back, files that are put right. Nobody would ask a server again that says for ever that it is not ready.
    private async Task WarmUpAsync(string model, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using ModelLease lease = await _models.AcquireAsync(model, stop).ConfigureAwait(false);
                await lease.Translator.GenerateAsync(new GenerationJob(WarmUpText), stop).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                string sentence = string.Create(CultureInfo.InvariantCulture, $"The model {model} could not be made ready, and is tried again every {_pause.TotalSeconds:0} seconds: {fault.Message}");
                if (_obstacle != sentence)
                {
                    LogNotReady(_log, sentence);
                }

                _obstacle = sentence;
            }

            await Task.Delay(_pause, _time, stop).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Ready: every model has translated once, in {Milliseconds} ms")]
    private static partial void LogReady(ILogger log, long milliseconds);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Not ready: {Reason}")]
    private static partial void LogNotReady(ILogger log, string reason);
}
