using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>Counts, times, traces and logs every request, whatever becomes of it.</summary>
internal sealed partial class RequestRecord
{
    private const string NoRoute = "none";
    private const int LongestGivenId = 64;

    private static readonly string[] _methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    private readonly ServerMetrics _metrics;
    private readonly ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Makes the record.</summary>
    public RequestRecord(ServerMetrics metrics, ServerOptions options, TimeProvider time, ILogger<RequestRecord> log) =>
        (_metrics, _options, _time, _log) = (metrics, options, time, log);

    /// <summary>Has a request answered and records it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Answers it.</param>
    internal async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        long began = _time.GetTimestamp();
        RequestFacts facts = new(_options.LogText);
        context.Features.Set(facts);
        TakeId(context);
        _metrics.Begin();
        Activity? outer = Activity.Current;
        using Activity? trace = StartTrace(context);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (context.Response.HasStarted)
        {
            // The head of the answer is gone already; a connection that breaks off is all that can still tell of the fault.
            LogBroken(_log, context.TraceIdentifier, fault is OperationCanceledException ? "it took too long, or its sender went away" : fault.GetType().Name);
            context.Abort();
        }
        finally
        {
            Finish(context, facts, trace, _time.GetElapsedTime(began).TotalSeconds);
            trace?.Stop();
            Activity.Current = outer;
        }
    }

    private void Finish(HttpContext context, RequestFacts facts, Activity? trace, double seconds)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
        string method = _methods.Contains(context.Request.Method) ? context.Request.Method : "other";
        int status = context.Response.StatusCode;

        // A probe that is told "not yet" was answered, not refused.
        string? rejected = facts.Rejected ?? (IsProbe(context) ? null : Reason(status));
        _metrics.End(route, method, status, seconds, facts.Characters, rejected);
        if (trace is not null)
        {
            trace.DisplayName = $"{method} {route}";
            trace.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status).SetTag("sequor.characters", facts.Characters);
            trace.SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }

        if (_options.LogRequests && !(IsProbe(context) && status < StatusCodes.Status400BadRequest) && _log.IsEnabled(LogLevel.Information))
        {
            RequestLine line = new()
            {
                Method = method,
                Route = route,
                Status = status,
                Milliseconds = Math.Round(seconds * 1000, 3),
                Id = context.TraceIdentifier,
                Facts = facts,
                Trace = trace?.TraceId.ToHexString(),
            };
            _log.Log(LogLevel.Information, new EventId(1), line, null, static (one, _) => one.ToString());
        }
    }

    private static Activity? StartTrace(HttpContext context)
    {
        Activity.Current = null;
        if (!ServerMetrics.Traces.HasListeners() || IsProbe(context))
        {
            return null;
        }

        ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true, out ActivityContext parent);
        return ServerMetrics.Traces.StartActivity("request", ActivityKind.Server, parent);
    }

    // Machines ask these every few seconds; their lines would drown the others.
    private static bool IsProbe(HttpContext context) => context.Request.Path.Value is "/metrics" or "/livez" or "/readyz" or "/health";

    // An id that a proxy has given lets its log and this one be read together.
    private static void TakeId(HttpContext context)
    {
        string? given = context.Request.Headers["X-Request-Id"];
        if (given is { Length: > 0 and <= LongestGivenId } && given.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            context.TraceIdentifier = given;
        }
    }

    private static string? Reason(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "key",
        StatusCodes.Status408RequestTimeout => "slow",
        StatusCodes.Status413PayloadTooLarge => "size",
        StatusCodes.Status429TooManyRequests => "rate",
        StatusCodes.Status503ServiceUnavailable => "busy",
        >= 400 and < 500 => "input",
        _ => null,
    };

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The answer to {Id} broke off: {Reason}.")]
    private static partial void LogBroken(ILogger log, string id, string reason);
}
