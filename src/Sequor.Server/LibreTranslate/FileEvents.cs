using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Generation;

namespace Sequor.Server.LibreTranslate;

/// <summary>Tells by server-sent events how far the translation of a file has come, and then where it lies.</summary>
/// <param name="context">The request.</param>
internal sealed class FileEvents(HttpContext context) : IProgress<TranslationProgress>
{
    // Whoever reads slowly is told the latest only.
    private readonly Channel<TranslationProgress> _reports = Channel.CreateBounded<TranslationProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <inheritdoc/>
    public void Report(TranslationProgress value) => _reports.Writer.TryWrite(value);

    /// <summary>Has a file translated and tells of it. Until something is known nothing is sent, so that a file that cannot be read is told so by a status.</summary>
    /// <param name="translate">Translates it.</param>
    internal async Task RunAsync(Func<IProgress<TranslationProgress>, CancellationToken, Task<TranslateFileResponse>> translate)
    {
        EventStream events = new(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task<TranslateFileResponse> work = WorkAsync(translate, stop.Token);
        try
        {
            int told = -1;
            await foreach (TranslationProgress progress in _reports.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (progress.Done > told)
                {
                    told = progress.Done;
                    await events.SendAsync("progress", new FileProgress(progress.Done, progress.Total), LibreTranslateJson.Relaxed.FileProgress).ConfigureAwait(false);
                }
            }

            await events.SendAsync("done", await work.ConfigureAwait(false), LibreTranslateJson.Relaxed.TranslateFileResponse).ConfigureAwait(false);
        }
        catch (Exception fault) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            string sentence = FaultHandling.Tell(context, fault).Sentence;
            await events.SendAsync("error", new ErrorBody(sentence), GenerationJson.Relaxed.ErrorBody).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(work).ConfigureAwait(false);
        }
    }

    private async Task<TranslateFileResponse> WorkAsync(Func<IProgress<TranslationProgress>, CancellationToken, Task<TranslateFileResponse>> translate, CancellationToken stop)
    {
        try
        {
            return await translate(this, stop).ConfigureAwait(false);
        }
        finally
        {
            _reports.Writer.TryComplete();
        }
    }
}
