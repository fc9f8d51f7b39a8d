using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sequor.Server.Generation;

/// <summary>Server-sent events, as the HTML standard has them: a name and one line of JSON each.</summary>
/// <param name="context">The request that they answer.</param>
internal sealed class EventStream(HttpContext context)
{
    private const string Events = "text/event-stream";
    private const string MediaType = Events + "; charset=utf-8";

    private static readonly byte[] _event = Encoding.UTF8.GetBytes("event: ");
    private static readonly byte[] _data = Encoding.UTF8.GetBytes("\ndata: ");
    private static readonly byte[] _end = Encoding.UTF8.GetBytes("\n\n");

    /// <summary>Whether a client names such a stream among what it accepts; one that accepts anything does not ask for it.</summary>
    /// <param name="request">The request.</param>
    internal static bool IsAskedFor(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(Events, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    /// <summary>Whether an answer is such a stream.</summary>
    /// <param name="response">The answer.</param>
    internal static bool IsOf(HttpResponse response) => response.ContentType == MediaType;

    /// <summary>Sends an event at once; the first one begins the answer.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="value">What it tells.</param>
    /// <param name="shape">How that is written.</param>
    internal async Task SendAsync<T>(string name, T value, JsonTypeInfo<T> shape)
    {
        HttpResponse response = context.Response;
        if (!response.HasStarted)
        {
            response.ContentType = MediaType;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, shape);
        await response.BodyWriter.WriteAsync((byte[])[.. _event, .. Encoding.UTF8.GetBytes(name), .. _data, .. json, .. _end], context.RequestAborted).ConfigureAwait(false);
    }
}
