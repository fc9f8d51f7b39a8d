using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sequor.Extensions;

namespace Sequor.Server.LibreTranslate;

/// <summary>The API that LibreTranslate's clients speak.</summary>
internal static class LibreTranslateEndpoints
{
    /// <summary>Adds the paths.</summary>
    internal static void MapLibreTranslate(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/translate", Translate);
    }

    private static async Task<IResult> Translate(TranslateRequest request, ModelRegistry models, CancellationToken cancellation)
    {
        using ModelLease lease = await models.AcquireAsync(null, cancellation).ConfigureAwait(false);
        return Results.Ok(new TranslateResponse((await lease.Translator.GenerateAsync(new GenerationJob(request.Q), cancellation).ConfigureAwait(false)).Text));
    }
}
