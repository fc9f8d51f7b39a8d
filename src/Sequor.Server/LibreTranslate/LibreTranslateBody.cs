using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sequor.Server.Faults;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Reads what clients of LibreTranslate send: JSON, a form, or a form in parts, all with the same fields.</summary>
internal static class LibreTranslateBody
{
    /// <summary>Reads a text to translate.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="RequestFaultException">The body cannot be read, or a field is missing or wrong.</exception>
    internal static Task<TranslateRequest> TranslationAsync(HttpContext context, RequestLimits limits) =>
        ReadAsync(context, limits, LibreTranslateJson.Default.TranslateRequest, form => new TranslateRequest
        {
            Q = Texts(form),
            Source = Needed(form, "source"),
            Target = Needed(form, "target"),
            Format = Optional(form, "format"),
            Alternatives = Number(form, "alternatives"),
            ApiKey = Optional(form, "api_key"),
        });

    /// <summary>Reads a text whose language is asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="RequestFaultException">The body cannot be read, or a field is missing or wrong.</exception>
    internal static Task<DetectRequest> DetectionAsync(HttpContext context, RequestLimits limits) =>
        ReadAsync(context, limits, LibreTranslateJson.Default.DetectRequest, form => new DetectRequest { Q = Texts(form), ApiKey = Optional(form, "api_key") });

    /// <summary>Reads a form.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="RequestFaultException">It is too large or damaged.</exception>
    internal static async Task<IFormCollection> FormAsync(HttpContext context, RequestLimits limits)
    {
        if (context.Request.ContentLength > limits.BodyBytes)
        {
            throw BodyBytes.TooLarge(limits);
        }

        if (!context.Request.HasFormContentType)
        {
            throw NotReadable(context, "multipart/form-data");
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException fault) when (fault.Message.Contains("limit", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, "The form, its file or one of its fields is larger than this server reads.", fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, "The form cannot be read: it is damaged.", fault);
        }
    }

    /// <summary>A field that must be there.</summary>
    /// <param name="form">The form.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="RequestFaultException">It is missing.</exception>
    internal static string Needed(IFormCollection form, string name) =>
        Optional(form, name) ?? throw new RequestFaultException(StatusCodes.Status400BadRequest, $"'{name}' is missing; it must be a text.");

    private static async Task<T> ReadAsync<T>(HttpContext context, RequestLimits limits, JsonTypeInfo<T> shape, Func<IFormCollection, T> ofForm)
    {
        if (JsonRequest.IsJson(context.Request))
        {
            return await JsonRequest.ReadAsync(context, shape, limits, unknownFieldsAreFaults: false).ConfigureAwait(false);
        }

        return context.Request.HasFormContentType
            ? ofForm(await FormAsync(context, limits).ConfigureAwait(false))
            : throw NotReadable(context, "application/json, application/x-www-form-urlencoded and multipart/form-data");
    }

    private static RequestFaultException NotReadable(HttpContext context, string types) => new(
        StatusCodes.Status400BadRequest,
        $"The content type is {(context.Request.ContentType is { Length: > 0 } type ? $"'{type}'" : "missing")}; {context.Request.Path} reads {types}.");

    private static TextOrTexts Texts(IFormCollection form) => form["q"] switch
    {
        { Count: 0 } => throw new RequestFaultException(StatusCodes.Status400BadRequest, "'q' is missing; it must be a text."),
        { Count: 1 } one => TextOrTexts.One(one.ToString()),
        StringValues many => new TextOrTexts([.. many.Select(text => text ?? "")], IsArray: true),
    };

    private static string? Optional(IFormCollection form, string name) => form.TryGetValue(name, out StringValues values) ? values[0] : null;

    private static int? Number(IFormCollection form, string name) => Optional(form, name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) => number,
        var text => throw new RequestFaultException(StatusCodes.Status400BadRequest, $"'{name}' must be a whole number, but is '{text}'."),
    };
}
