using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sequor.Server.Faults;

/// <summary>Turns whatever goes wrong into an answer that says so in a sentence and never shows the inside.</summary>
internal static partial class FaultHandling
{
    private const int ClientClosedRequest = 499;

    /// <summary>Adds the handling in front of everything that comes after.</summary>
    internal static void UseFaults(this IApplicationBuilder app)
    {
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context).ConfigureAwait(false);
                await NameTheStatusAsync(context).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : ClientClosedRequest;
                context.Abort();
            }
            catch (Exception fault) when (!context.Response.HasStarted)
            {
                (int status, string sentence, TimeSpan? retryAfter) = Tell(context, fault);
                context.Response.Clear();
                if (fault is BadHttpRequestException && HttpProtocol.IsHttp11(context.Request.Protocol))
                {
                    // Where the next request would begin nobody knows any more.
                    context.Response.Headers.Connection = "close";
                }

                await FaultAnswer.WriteAsync(context, status, sentence, retryAfter).ConfigureAwait(false);
            }
        });
    }

    /// <summary>What a client is told of a fault; what is the server's own goes to its log instead.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">What was thrown while it was answered.</param>
    internal static (int Status, string Sentence, TimeSpan? RetryAfter) Tell(HttpContext context, Exception fault)
    {
        (int status, string sentence, TimeSpan? retryAfter) = FaultSentence.Of(fault);
        if (status != StatusCodes.Status500InternalServerError)
        {
            return (status, sentence, retryAfter);
        }

        LogBug(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Sequor.Server"), fault, context.TraceIdentifier);
        return (status, $"The server failed at this request. Its log says more under {context.TraceIdentifier}.", retryAfter);
    }

    // Routing answers some requests with a bare status; an error page of words is what clients can show.
    private static Task NameTheStatusAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null)
        {
            return Task.CompletedTask;
        }

        string path = context.Request.Path.Value ?? "/";
        string sentence = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {path}. /openapi/v1.json lists every path.",
            StatusCodes.Status405MethodNotAllowed => $"{path} does not answer {context.Request.Method}, but {string.Join(", ", response.Headers.Allow.ToArray())}.",
            StatusCodes.Status413PayloadTooLarge => "The body is too large.",
            StatusCodes.Status415UnsupportedMediaType => $"The content type is '{context.Request.ContentType}', which {path} does not read; send JSON as application/json.",
            var status => $"The request was refused with status {status}.",
        };
        // Of the wrong inputs routing gives one a status of its own; clients are promised one for all.
        return FaultAnswer.WriteAsync(context, response.StatusCode == StatusCodes.Status415UnsupportedMediaType ? StatusCodes.Status400BadRequest : response.StatusCode, sentence);
    }

    [LoggerMessage(EventId = 500, Level = LogLevel.Error, Message = "The request {TraceIdentifier} met a fault of the server.")]
    private static partial void LogBug(ILogger log, Exception fault, string traceIdentifier);
}
