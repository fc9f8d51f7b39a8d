using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;

namespace Sequor.Server.Requests;

/// <summary>Finds the model that a request means.</summary>
internal static class ModelChoice
{
    /// <summary>The right to use the model that a request means.</summary>
    /// <param name="models">The models.</param>
    /// <param name="id">The model's id; null where languages or nothing decide.</param>
    /// <param name="source">The language of the texts; null for any.</param>
    /// <param name="target">The language of the outputs; null for any.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="RequestFaultException">There is no such model, or it does not translate between these languages.</exception>
    internal static async ValueTask<ModelLease> AcquireAsync(ModelRegistry models, string? id, string? source, string? target, CancellationToken cancellation)
    {
        if (id is null && (source is not null || target is not null))
        {
            id = Between(models.Models, source, target)?.Id ?? throw new RequestFaultException(
                StatusCodes.Status404NotFound, $"No model translates {Pair(source, target)}; there are {Pairs(models.Models)}.");
        }

        if (id is not null)
        {
            ModelEntry entry = Named(models, id);
            if (!Languages.Fits(source, entry.SourceLanguage) || !Languages.Fits(target, entry.TargetLanguage))
            {
                throw new RequestFaultException(StatusCodes.Status400BadRequest,
                    $"The model '{id}' translates {Pair(entry.SourceLanguage, entry.TargetLanguage)}, but {Pair(source, target)} is asked for. Leave out 'model', or the languages.");
            }
        }

        return await models.AcquireAsync(id, cancellation).ConfigureAwait(false);
    }

    /// <summary>A model that translates between two languages, the default model before others; null where there is none.</summary>
    /// <param name="models">The models.</param>
    /// <param name="source">The language of the texts; null for any.</param>
    /// <param name="target">The language of the outputs; null for any.</param>
    internal static ModelEntry? Between(IEnumerable<ModelEntry> models, string? source, string? target) => models
        .Where(model => Languages.Fits(source, model.SourceLanguage) && Languages.Fits(target, model.TargetLanguage))
        .OrderByDescending(model => model.IsDefault).FirstOrDefault();

    /// <summary>A model by its id.</summary>
    /// <param name="models">The models.</param>
    /// <param name="id">The id.</param>
    /// <exception cref="RequestFaultException">There is no such model.</exception>
    internal static ModelEntry Named(ModelRegistry models, string id) => models.Models.FirstOrDefault(model => model.Id == id)
        ?? throw new RequestFaultException(
            StatusCodes.Status404NotFound,
            $"There is no model '{id}'{(Configuration.NearestName.Find(id, models.Models.Select(model => model.Id)) is { } nearest ? $"; did you mean '{nearest}'?" : $"; there are {string.Join(", ", models.Models.Select(model => model.Id))}.")}");

    private static string Pair(string? source, string? target) => $"{(source is null ? "" : $"from '{source}' ")}{(target is null ? "" : $"to '{target}'")}".TrimEnd();

    private static string Pairs(IEnumerable<ModelEntry> models) => string.Join(", ", models
        .Where(model => model.SourceLanguage is not null && model.TargetLanguage is not null)
        .Select(model => $"{model.SourceLanguage} to {model.TargetLanguage}").Distinct(StringComparer.Ordinal));
}
