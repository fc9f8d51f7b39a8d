using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Requests;

namespace Sequor.Server.Keys;

/// <summary>Finds the key that a request brings: in a header, or in the field <c>api_key</c> of its body as LibreTranslate's clients send it.</summary>
internal static class GivenKey
{
    private const string Field = "api_key";
    private const string Bearer = "Bearer ";

    /// <summary>The key; null where there is none.</summary>
    /// <param name="context">The request; its body can be read afterwards as if nobody had.</param>
    /// <param name="limits">How large a body may be.</param>
    internal static async ValueTask<string?> OfAsync(HttpContext context, RequestLimits limits)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (headers.Authorization.ToString() is { } authorization && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Named(authorization[Bearer.Length..].Trim());
        }

        if (headers.TryGetValue("X-API-Key", out var given))
        {
            return Named(given.ToString());
        }

        return Named(context.Request.HasFormContentType ? await FromFormAsync(context).ConfigureAwait(false)
            : JsonRequest.IsJson(context.Request) ? await FromJsonAsync(context, limits).ConfigureAwait(false) : null);
    }

    /// <summary>The text of the field in an object; null where there is none, or where the JSON is broken.</summary>
    /// <param name="json">UTF-8.</param>
    internal static string? FromJson(ReadOnlySequence<byte> json)
    {
        Utf8JsonReader reader = new(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isKey = reader.ValueTextEquals(Field);
                reader.Read();
                if (isKey)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    private static string? Named(string? key) => string.IsNullOrEmpty(key) ? null : key;

    private static async Task<string?> FromFormAsync(HttpContext context)
    {
        try
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            return form[Field];
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            // A broken form: whoever answers the request says so.
            return null;
        }
    }

    // What is looked at but not taken stays in the pipe for whoever answers the request.
    private static async Task<string?> FromJsonAsync(HttpContext context, RequestLimits limits)
    {
        PipeReader body = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await BodyBytes.NextAsync(body, context.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > limits.BodyBytes)
            {
                body.AdvanceTo(read.Buffer.Start);
                throw BodyBytes.TooLarge(limits);
            }

            if (read.IsCompleted)
            {
                string? key = FromJson(read.Buffer);
                body.AdvanceTo(read.Buffer.Start);
                return key;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
