using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;

namespace Sequor.Server.Requests;

/// <summary>Reads the JSON of a request; whatever is wrong with it becomes a sentence with its place.</summary>
internal static class JsonRequest
{
    private const int MostFaults = 10;

    // What is asked here is never deeper than four; what is deeper asks for trouble.
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 16 };

    /// <summary>Whether the request says that its body is JSON.</summary>
    /// <param name="request">The request.</param>
    internal static bool IsJson(HttpRequest request)
    {
        string type = request.ContentType?.Split(';')[0].Trim() ?? "";
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="shape">What it must look like.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="unknownFieldsAreFaults">Whether a field that nobody knows is a fault.</param>
    /// <exception cref="RequestFaultException">It is too large, no JSON, or looks otherwise.</exception>
    internal static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> shape, RequestLimits limits, bool unknownFieldsAreFaults = true)
    {
        if (!IsJson(context.Request))
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, context.Request.ContentType is { Length: > 0 } type
                ? $"The content type is '{type}'; {context.Request.Path} reads application/json." : $"The content type is missing; {context.Request.Path} reads application/json.");
        }

        byte[] body = await BodyBytes.ReadAsync(context, limits).ConfigureAwait(false);
        return Parse(body, shape, unknownFieldsAreFaults);
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="bytes">The JSON; a byte order mark before it is passed over.</param>
    /// <param name="shape">What it must look like.</param>
    /// <param name="unknownFieldsAreFaults">Whether a field that nobody knows is a fault.</param>
    /// <exception cref="RequestFaultException">It is no JSON, or looks otherwise.</exception>
    internal static T Parse<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> shape, bool unknownFieldsAreFaults)
    {
        bytes = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        try
        {
            ThrowIfNotUtf8(bytes.Span);
            using JsonDocument document = JsonDocument.Parse(bytes, _options);
            return Shaped(document.RootElement, shape, unknownFieldsAreFaults);
        }
        catch (JsonException fault) when (fault.LineNumber is { } line && fault.BytePositionInLine is { } position)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"The body is no JSON that can be read here: line {line + 1}, column {Column(bytes.Span, line, position)}{Reason(bytes.Span, fault)}."), fault);
        }
    }

    private static T Shaped<T>(JsonElement value, JsonTypeInfo<T> shape, bool unknownFieldsAreFaults)
    {
        try
        {
            IReadOnlyList<string> faults = new JsonShape(shape, unknownFieldsAreFaults).FaultsOf(value);
            return faults.Count > 0
                ? throw new RequestFaultException(StatusCodes.Status400BadRequest, Joined(faults))
                : value.Deserialize(shape) ?? throw new RequestFaultException(StatusCodes.Status400BadRequest, "The body must be a JSON object.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What is left over once the text is UTF-8 and the shape is right: half of a surrogate pair, written as an escape.
            throw new RequestFaultException(StatusCodes.Status400BadRequest, "The body holds a \\u escape that is half of a character; write both halves, or the character itself.", fault);
        }
    }

    private static string Joined(IReadOnlyList<string> faults) => faults.Count <= MostFaults
        ? string.Join(' ', faults)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', faults.Take(MostFaults))} And {faults.Count - MostFaults} more.");

    private static string Reason(ReadOnlySpan<byte> bytes, JsonException fault) =>
        bytes.IsEmpty ? ": it is empty" : fault.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? ": more than 16 levels deep" : "";

    private static void ThrowIfNotUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return;
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        int line = bytes[..at].Count((byte)'\n');
        int start = bytes[..at].LastIndexOf((byte)'\n') + 1;
        throw new RequestFaultException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
            $"The body is no UTF-8: line {line + 1}, column {Encoding.UTF8.GetCharCount(bytes[start..at]) + 1} holds a byte that begins no character."));
    }

    private static int Column(ReadOnlySpan<byte> bytes, long line, long position)
    {
        for (; line > 0; line--)
        {
            bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        }

        return Encoding.UTF8.GetCharCount(bytes[..(int)Math.Min(position, bytes.Length)]) + 1;
    }
}
