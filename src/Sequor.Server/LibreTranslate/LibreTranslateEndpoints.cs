using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sequor.Extensions;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>The API that LibreTranslate's clients speak.</summary>
internal static class LibreTranslateEndpoints
{
    private const int PauseMilliseconds = 500;

    /// <summary>Adds the paths.</summary>
    internal static void MapLibreTranslate(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/translate", TranslateHandler.HandleAsync);
        routes.MapGet("/languages", (ModelRegistry models) => TypedResults.Json(LanguageList.Of(models.Models), LibreTranslateJson.Relaxed.IReadOnlyListLanguage));
        routes.MapGet("/frontend/settings", Settings);
    }

    private static IResult Settings(ModelRegistry models, RequestLimits limits)
    {
        (string source, string target) = models.Models.Select(LanguageList.Pair).FirstOrDefault(pair => pair is not null) ?? ("en", "en");
        return TypedResults.Json(
            new FrontendSettings
            {
                ApiKeys = false,
                KeyRequired = false,
                CharLimit = limits.Characters,
                FrontendTimeout = PauseMilliseconds,
                Suggestions = false,
                FilesTranslation = false,
                SupportedFilesFormat = [],
                Language = new FrontendLanguages(new FrontendLanguage(source, Languages.Name(source)), new FrontendLanguage(target, Languages.Name(target))),
            },
            LibreTranslateJson.Relaxed.FrontendSettings);
    }
}
