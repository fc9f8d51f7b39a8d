using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server.Generation;

/// <summary>Answers what is asked of <c>/v1/models</c>.</summary>
internal static class ModelsHandler
{
    /// <summary>Lists the models.</summary>
    /// <param name="models">The models.</param>
    internal static IResult List(ModelRegistry models) => TypedResults.Json(new ModelList([.. models.Models.Select(Details)]), GenerationJson.Relaxed.ModelList);

    /// <summary>Tells of one model, its card included.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<IResult> ShowAsync(string id, ModelRegistry models, CancellationToken cancellation)
    {
        ModelEntry entry = ModelChoice.Named(models, id);
        return TypedResults.Json(Details(entry) with { Card = await CardAsync(entry, cancellation).ConfigureAwait(false) }, GenerationJson.Relaxed.ModelDetails);
    }

    /// <summary>Loads a model, or a newer version of it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="context">The request; its body may be empty.</param>
    /// <param name="models">The models.</param>
    /// <param name="options">Whether that is allowed.</param>
    /// <param name="limits">How large the body may be.</param>
    internal static async Task<IResult> LoadAsync(string id, HttpContext context, ModelRegistry models, ServerOptions options, RequestLimits limits)
    {
        ThrowIfForbidden(options);
        bool isEmpty = context.Request.ContentLength == 0 || (context.Request.ContentLength is null && context.Request.ContentType is null);
        LoadRequest request = isEmpty ? new LoadRequest() : await JsonRequest.ReadAsync(context, GenerationJson.Default.LoadRequest, limits).ConfigureAwait(false);
        try
        {
            return TypedResults.Json(Details(await models.LoadAsync(id, request.Path, context.RequestAborted).ConfigureAwait(false)), GenerationJson.Relaxed.ModelDetails);
        }
        catch (KeyNotFoundException fault)
        {
            throw new RequestFaultException(StatusCodes.Status404NotFound, fault.Message, fault);
        }
        catch (ArgumentException fault) when (ArgumentFault.IsOfRequest(fault))
        {
            throw ArgumentFault.Told(fault);
        }
    }

    /// <summary>Takes a model out of memory.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="models">The models.</param>
    /// <param name="options">Whether that is allowed.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal static async Task<IResult> UnloadAsync(string id, ModelRegistry models, ServerOptions options, CancellationToken cancellation)
    {
        ThrowIfForbidden(options);
        _ = ModelChoice.Named(models, id);
        await models.UnloadAsync(id, cancellation).ConfigureAwait(false);
        return TypedResults.Json(Details(ModelChoice.Named(models, id)), GenerationJson.Relaxed.ModelDetails);
    }

    private static void ThrowIfForbidden(ServerOptions options)
    {
        if (!options.AllowsManagingModels)
        {
            throw new RequestFaultException(StatusCodes.Status403Forbidden,
                "Models are not loaded and unloaded by requests here: other machines reach this server. Its option manage_models allows it.");
        }
    }

    private static async Task<JsonElement?> CardAsync(ModelEntry entry, CancellationToken cancellation)
    {
        string path = Path.Combine(entry.Path, "card.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument card = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false));
        return card.RootElement.Clone();
    }

    private static ModelDetails Details(ModelEntry entry) => new()
    {
        Id = entry.Id,
        State = entry.State.ToString().ToLowerInvariant(),
        SourceLanguage = entry.SourceLanguage,
        TargetLanguage = entry.TargetLanguage,
        Name = entry.Configuration.Name,
        Parameters = entry.Parameters,
        ComputeType = entry.ComputeType?.ToString().ToLowerInvariant(),
        HasAttention = entry.HasAttention,
        Default = entry.IsDefault,
        Fault = entry.Fault,
    };
}
