using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Sequor.Server.Generation;

/// <summary>The native API.</summary>
internal static class GenerationEndpoints
{
    /// <summary>Adds the paths.</summary>
    internal static void MapGeneration(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/generate", GenerateHandler.HandleAsync);
        routes.MapPost("/v1/attention", AttentionHandler.HandleAsync);
        routes.MapGet("/v1/models", ModelsHandler.ListAsync);
        routes.MapGet("/v1/models/{id}", ModelsHandler.ShowAsync);
    }
}
