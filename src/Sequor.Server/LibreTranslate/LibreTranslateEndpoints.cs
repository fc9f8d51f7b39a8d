using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sequor.Extensions;
using Sequor.Server.Documents;
using Sequor.Server.Faults;
using Sequor.Server.OpenApi;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server.LibreTranslate;

/// <summary>The API that LibreTranslate's clients speak.</summary>
internal static class LibreTranslateEndpoints
{
    private const string Group = "LibreTranslate";
    private const int PauseMilliseconds = 500;

    /// <summary>Adds what answers.</summary>
    /// <param name="services">The services of the server.</param>
    internal static void AddLibreTranslate(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TranslatedFiles>();
        services.AddSingleton<DocumentTranslator>();
        services.AddSingleton<TranslateHandler>();
        services.AddSingleton<FileHandler>();
    }

    /// <summary>Adds the paths.</summary>
    internal static void MapLibreTranslate(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/translate", (HttpContext context, TranslateHandler handler) => handler.HandleAsync(context))
            .Documented("translate", Group, "Translate texts.",
                "JSON, a form or a form in parts. An array of texts is answered by arrays. Long texts are cut into sentences; line ends stay.")
            .Accepts<TranslateRequest>("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .Produces<TranslateResponse>()
            .FailsAtWork()
            .WithExamples(
                new RequestExample("A text", """{"q": "Good morning.", "source": "en", "target": "de"}"""),
                new RequestExample("A text in a language to be found out", """{"q": "Where is the station?", "source": "auto", "target": "de"}"""),
                new RequestExample("HTML", """{"q": "<p>The house is <b>big</b>.</p>", "source": "en", "target": "de", "format": "html"}"""),
                new RequestExample("Two texts, with two alternatives of each", """{"q": ["Good morning.", "I am hungry."], "source": "en", "target": "de", "alternatives": 2}"""));
        routes.MapPost("/translate_file", (HttpContext context, FileHandler handler) => handler.TranslateAsync(context))
            .Documented("translateFile", Group, "Translate a file.",
                "Plain text, Markdown or HTML as UTF-8. Only text is translated: markup, code and addresses stay, and marks within a sentence go to where its words went. "
                + "A client that sends 'Accept: text/event-stream' is told how far it has come, by server-sent events: 'progress' with {\"done\", \"total\"}, counted in sentences, "
                + "then 'done' with the answer; or 'error' with {\"error\"}. Hanging up ends the work.")
            .Accepts<TranslateFileForm>("multipart/form-data")
            .Produces<TranslateFileResponse>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .FailsAtWork();
        routes.MapGet("/download_file/{name}", (string name, FileHandler handler) => handler.Download(name))
            .Documented("downloadFile", Group, "Fetch a translated file.", "At the address that /translate_file gave, for 30 minutes.")
            .Produces(StatusCodes.Status200OK, typeof(string), "text/plain", "text/markdown", "text/html")
            .Fails(StatusCodes.Status404NotFound);
        routes.MapPost("/detect", DetectHandler.HandleAsync)
            .Documented("detect", Group, "Say which language a text is in.", "Of all languages that can be told apart, whether a model reads them or not; the likeliest first.")
            .Accepts<DetectRequest>("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .Produces<IReadOnlyList<DetectedLanguage>>()
            .FailsAtWork()
            .WithExamples(new RequestExample("A text", """{"q": "Wo ist der Bahnhof?"}"""));
        routes.MapGet("/languages", (ModelRegistry models) => TypedResults.Json(LanguageList.Of(models.Models), LibreTranslateJson.Relaxed.IReadOnlyListLanguage))
            .Documented("languages", Group, "List the languages.", "Every language that a model reads or writes, and what can be translated to what.")
            .Produces<IReadOnlyList<Language>>()
            .Fails();
        routes.MapGet("/frontend/settings", Settings)
            .Documented("frontendSettings", Group, "Tell what a client should know.", "Limits, whether keys are needed, which files are translated, and the languages to begin with.")
            .Produces<FrontendSettings>()
            .Fails();
        routes.MapPost("/suggest", Suggest)
            .Documented("suggest", Group, "Suggest a better translation.", "Always refused: this server keeps nothing of what it is sent.")
            .Produces<SuggestResponse>()
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests);
        routes.MapGet("/health", Health).Documented("health", Group, "Say that the server answers.", "For load balancers that know LibreTranslate; /livez and /readyz say more.")
            .Produces<HealthStatus>()
            .Fails();
        routes.MapPost("/health", Health).ExcludeFromDescription();
    }

    private static IResult Health() => TypedResults.Json(new HealthStatus("ok"), LibreTranslateJson.Relaxed.HealthStatus);

    private static IResult Suggest() =>
        throw new RequestFaultException(StatusCodes.Status403Forbidden, "Suggestions are not taken here: this server keeps nothing of what it is sent.");

    private static IResult Settings(ModelRegistry models, RequestLimits limits, ServerOptions options)
    {
        (_, string second) = models.Models.Select(LanguageList.Pair).FirstOrDefault(pair => pair is not null) ?? ("en", "en");
        bool isAuto = SourceLanguage.IsAuto(options.DefaultSource);
        string source = isAuto ? "auto" : options.DefaultSource;
        string target = options.DefaultTarget ?? second;
        return TypedResults.Json(
            new FrontendSettings
            {
                ApiKeys = options.KeyFile is not null,
                KeyRequired = options.RequireKeys,
                CharLimit = limits.CharactersPerText ?? -1,
                FrontendTimeout = PauseMilliseconds,
                Suggestions = false,
                FilesTranslation = options.FileTranslation,
                SupportedFilesFormat = options.FileTranslation ? DocumentFormats.Extensions : [],
                Language = new FrontendLanguages(new FrontendLanguage(source, isAuto ? "Auto Detect" : Languages.Name(source)), new FrontendLanguage(target, Languages.Name(target))),
            },
            LibreTranslateJson.Relaxed.FrontendSettings);
    }
}
