using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Answers <c>POST /detect</c>.</summary>
internal static class DetectHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, RequestLimits limits)
    {
        DetectRequest request = await LibreTranslateBody.DetectionAsync(context, limits).ConfigureAwait(false);
        RequestTexts.Check("q", request.Q.All, limits);
        return TypedResults.Json(SourceLanguage.Detect(string.Join('\n', request.Q.All), models.Models), LibreTranslateJson.Relaxed.IReadOnlyListDetectedLanguage);
    }
}
