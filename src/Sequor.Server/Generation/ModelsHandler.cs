using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Answers what is asked of <c>/v1/models</c>.</summary>
internal static class ModelsHandler
{
    /// <summary>Lists the models.</summary>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal static async Task<IResult> ListAsync(ModelRegistry models, CancellationToken cancellation)
    {
        IReadOnlyList<ModelEntry> entries = models.Models;
        List<ModelDetails> details = [];
        foreach (ModelEntry entry in entries)
        {
            details.Add(await DetailsAsync(models, entry, entry.Id == entries[0].Id, cancellation).ConfigureAwait(false));
        }

        return TypedResults.Json(new ModelList(details), GenerationJson.Relaxed.ModelList);
    }

    /// <summary>Tells of one model, its card included.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal static async Task<IResult> ShowAsync(string id, ModelRegistry models, CancellationToken cancellation)
    {
        ModelEntry entry = ModelChoice.Named(models, id);
        ModelDetails details = await DetailsAsync(models, entry, entry.Id == models.Models[0].Id, cancellation).ConfigureAwait(false);
        string card = Path.Combine(entry.Path, "card.json");
        if (File.Exists(card))
        {
            using JsonDocument read = JsonDocument.Parse(await File.ReadAllBytesAsync(card, cancellation).ConfigureAwait(false));
            details = details with { Card = read.RootElement.Clone() };
        }

        return TypedResults.Json(details, GenerationJson.Relaxed.ModelDetails);
    }

    private static async Task<ModelDetails> DetailsAsync(ModelRegistry models, ModelEntry entry, bool isDefault, CancellationToken cancellation)
    {
        using ModelLease? lease = entry.State == ModelState.Ready ? await models.AcquireAsync(entry.Id, cancellation).ConfigureAwait(false) : null;
        return new ModelDetails
        {
            Id = entry.Id,
            State = entry.State.ToString().ToLowerInvariant(),
            SourceLanguage = entry.Configuration.Data.SourceLanguage,
            TargetLanguage = entry.Configuration.Data.TargetLanguage,
            Name = entry.Configuration.Name,
            Parameters = lease?.Translator.Parameters,
            ComputeType = lease?.Translator.ComputeType.ToString().ToLowerInvariant(),
            HasAttention = lease?.Translator.HasAttention,
            Default = isDefault,
            Fault = entry.Fault,
        };
    }
}
