using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Faults;

/// <summary>Writes <c>{"error": "a sentence"}</c>.</summary>
internal static class FaultAnswer
{
    // Ten faults with their advice; what is longer repeats what a request held.
    private const int LongestSentence = 4000;

    // The body is JSON and never HTML: umlauts stay umlauts.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with a fault, whatever had been written of the answer's head before.</summary>
    /// <param name="context">The request; its answer must not have begun.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="sentence">What went wrong.</param>
    /// <param name="retryAfter">When to try again; null where that is of no use.</param>
    internal static async Task WriteAsync(HttpContext context, int status, string sentence, TimeSpan? retryAfter = null)
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status413PayloadTooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // What was not read closes the connection; whoever keeps it open for the next request must know.
            response.Headers.Connection = "close";
        }

        byte[] body = Body(sentence);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>The body as UTF-8.</summary>
    /// <param name="sentence">What went wrong.</param>
    internal static byte[] Body(string sentence)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, _options))
        {
            writer.WriteStartObject();
            writer.WriteString("error", Shortened(sentence));
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static string Shortened(string sentence) => sentence.Length <= LongestSentence ? sentence
        : sentence[..(LongestSentence - (char.IsHighSurrogate(sentence[LongestSentence - 1]) ? 1 : 0))] + "…";
}
