using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Documents;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Operations;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server.LibreTranslate;

/// <summary>Answers <c>POST /translate_file</c> and <c>GET /download_file/{name}</c>.</summary>
/// <param name="models">The models.</param>
/// <param name="documents">Who translates documents.</param>
/// <param name="files">Where translated files are kept.</param>
/// <param name="limits">How much may be asked for.</param>
/// <param name="options">Whether files are translated.</param>
internal sealed class FileHandler(ModelRegistry models, DocumentTranslator documents, TranslatedFiles files, RequestLimits limits, ServerOptions options)
{
    private const int LongestName = 100;

    // Names, boundaries and the other fields of the form.
    private const int BytesAroundFile = 64 << 10;

    /// <summary>Translates a file.</summary>
    /// <param name="context">The request: a form in parts.</param>
    internal async Task<IResult> TranslateAsync(HttpContext context)
    {
        if (!options.FileTranslation)
        {
            throw new RequestFaultException(StatusCodes.Status403Forbidden, "Files are not translated here.");
        }

        IFormCollection form = await LibreTranslateBody.FormAsync(context, limits with { BodyBytes = limits.FileBytes + BytesAroundFile }).ConfigureAwait(false);
        IFormFile file = form.Files.GetFile("file") ?? throw Wrong("'file' is missing; send a form in parts (multipart/form-data) with a file.");
        (string source, string target) = (LibreTranslateBody.Needed(form, "source"), LibreTranslateBody.Needed(form, "target"));
        DocumentFormat format = DocumentFormats.OfFile(file.FileName)
            ?? throw Wrong($"Files that end in '{Path.GetExtension(file.FileName)}' are not translated; there are {string.Join(", ", DocumentFormats.Extensions)}.");
        bool isAuto = SourceLanguage.IsAuto(source);
        LanguagePair.ThrowIfUnknown(models.Models, isAuto ? null : source, target);
        string content = await ContentAsync(file, context.RequestAborted).ConfigureAwait(false);
        RequestFacts.Note(context, [content]);
        ModelEntry? model = LanguagePair.ModelFor(models.Models, isAuto ? SourceLanguage.Of(content, target, format == DocumentFormat.Html, models.Models).Language : source, target);
        if (EventStream.IsAskedFor(context.Request))
        {
            await new FileEvents(context).RunAsync(FetchedAsync).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        return TypedResults.Json(await FetchedAsync(null, context.RequestAborted).ConfigureAwait(false), LibreTranslateJson.Relaxed.TranslateFileResponse);

        async Task<TranslateFileResponse> FetchedAsync(IProgress<TranslationProgress>? progress, CancellationToken cancellation)
        {
            string translated = model is null ? content
                : await TranslatedAsync(model, content, format, Requester.Of(context), progress, cancellation).ConfigureAwait(false);
            string key = files.Add(new TranslatedFile(NameOf(file.FileName, target), Encoding.UTF8.GetBytes(translated), TypeOf(format)));
            HttpRequest request = context.Request;
            return new TranslateFileResponse($"{request.Scheme}://{request.Host}{request.PathBase}/download_file/{Uri.EscapeDataString(key)}");
        }
    }

    /// <summary>Sends a translated file.</summary>
    /// <param name="name">What it is fetched by.</param>
    internal IResult Download(string name) => files.Find(name) is { } file
        ? TypedResults.File(file.Content, file.ContentType, file.Name)
        : throw new RequestFaultException(
            StatusCodes.Status404NotFound,
            string.Create(CultureInfo.InvariantCulture, $"There is no such file. Translated files are kept for {TranslatedFiles.Kept.TotalMinutes} minutes; translate it again."));

    private async Task<string> TranslatedAsync(
        ModelEntry model, string content, DocumentFormat format, string client, IProgress<TranslationProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return (await documents.TranslateAsync(model, [content], format, client, progress, cancellation).ConfigureAwait(false))[0];
        }
        catch (FormatException fault)
        {
            throw Wrong(fault.Message);
        }
    }

    private async Task<string> ContentAsync(IFormFile file, CancellationToken cancellation)
    {
        if (file.Length > limits.FileBytes)
        {
            throw new RequestFaultException(
                StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"The file has {file.Length:N0} bytes; this server takes {limits.FileBytes:N0}."));
        }

        byte[] bytes = new byte[file.Length];
        await using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Wrong("The file is no UTF-8 text. Save it as UTF-8 and send it again.");
    }

    private static string NameOf(string given, string target)
    {
        string stem = string.Concat(Path.GetFileNameWithoutExtension(given).Where(character => char.IsLetterOrDigit(character) || character is '-' or '_' or ' ' or '.'));
        return $"{(stem.Length == 0 ? "file" : stem[..Math.Min(stem.Length, LongestName)])}.{Languages.Normalize(target)}{Path.GetExtension(given).ToLowerInvariant()}";
    }

    private static string TypeOf(DocumentFormat format) => format switch
    {
        DocumentFormat.Html => "text/html; charset=utf-8",
        DocumentFormat.Markdown => "text/markdown; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    private static RequestFaultException Wrong(string sentence) => new(StatusCodes.Status400BadRequest, sentence);
}
