using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sequor.Server.Faults;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>What those ask who run the server.</summary>
internal static class OperationsEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>Adds the paths.</summary>
    /// <param name="routes">The server's paths.</param>
    /// <param name="options">How the server is set up.</param>
    internal static void MapOperations(this IEndpointRouteBuilder routes, ServerOptions options)
    {
        routes.MapGet("/livez", () => TypedResults.Text("ok\n", PlainText)).ExcludeFromDescription();
        routes.MapGet("/readyz", static (HttpContext context, Readiness readiness) => ReadyAsync(context, readiness)).ExcludeFromDescription();
        if (options.Metrics)
        {
            routes.MapGet("/metrics", (MetricCollector metrics) => TypedResults.Text(metrics.Text(), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
        }
    }

    private static async Task ReadyAsync(HttpContext context, Readiness readiness)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (readiness.Obstacle is { } obstacle)
        {
            await FaultAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, obstacle, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = PlainText;
        await context.Response.WriteAsync("ready\n", context.RequestAborted).ConfigureAwait(false);
    }
}
