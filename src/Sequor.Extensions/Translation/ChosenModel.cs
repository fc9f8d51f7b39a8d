using Sequor.Extensions.Registry;

namespace Sequor.Extensions.Translation;

/// <summary>The model that a request means, and the languages that it goes between.</summary>
/// <param name="Id">The model's name.</param>
/// <param name="Source">The language of the texts; null where nobody knows.</param>
/// <param name="Target">The language of the outputs; null where nobody knows.</param>
/// <param name="Confidence">How certain the source language is, where it was found out.</param>
internal sealed record ChosenModel(string Id, string? Source, string? Target, double? Confidence)
{
    /// <summary>Chooses.</summary>
    /// <param name="models">The models.</param>
    /// <param name="texts">The texts, for finding their language out.</param>
    /// <param name="options">What is asked.</param>
    /// <exception cref="KeyNotFoundException">There is no such model, or none for these languages.</exception>
    /// <exception cref="ArgumentException">The model that is named does not translate between the languages that are named.</exception>
    internal static ChosenModel For(ModelRegistry models, IReadOnlyList<string> texts, TranslationOptions options)
    {
        bool isAuto = string.Equals(options.SourceLanguage, TranslationOptions.Auto, StringComparison.OrdinalIgnoreCase);
        (string? source, string? target) = (isAuto ? null : options.SourceLanguage, options.TargetLanguage);
        if (options.Model is { } id)
        {
            return Named(models, id, source, target);
        }

        if (source is null && target is null && !isAuto)
        {
            return models.Default is { } usual ? Of(usual, null, null, null) : throw new KeyNotFoundException("There is no model; none was given.");
        }

        IReadOnlyList<ModelEntry> fitting = LanguagePairs.Of(models.Models, source, target);
        if (fitting.Count == 0)
        {
            throw new KeyNotFoundException($"No model translates {Pair(source, target)}; there are {Pairs(models.Models)}.");
        }

        string[] sources = [.. fitting.Select(model => model.SourceLanguage).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        return source is not null || sources.Length < 2 ? Of(fitting[0], source, target, null) : FoundOut(texts, fitting, sources, target);
    }

    private static ChosenModel Named(ModelRegistry models, string id, string? source, string? target)
    {
        ModelEntry model = models.Find(id) ?? throw new KeyNotFoundException(
            $"There is no model '{id}'; there are {string.Join(", ", models.Models.Select(one => one.Id))}.");
        bool fits = (model.SourceLanguage is null || LanguagePairs.IsSame(source, model.SourceLanguage))
            && (model.TargetLanguage is null || LanguagePairs.IsSame(target, model.TargetLanguage));
        return fits ? Of(model, source, target, null) : throw new ArgumentException(
            $"The model '{id}' translates {Pair(model.SourceLanguage, model.TargetLanguage)}, but {Pair(source, target)} is asked for. Leave out the model, or the languages.");
    }

    private static ChosenModel FoundOut(IReadOnlyList<string> texts, IReadOnlyList<ModelEntry> fitting, string[] sources, string? target)
    {
        (string language, double confidence) = SourceLanguages.Identify(texts, sources);
        return Of(fitting.First(model => LanguagePairs.IsSame(language, model.SourceLanguage)), null, target, confidence);
    }

    private static ChosenModel Of(ModelEntry model, string? source, string? target, double? confidence) =>
        new(model.Id, source ?? model.SourceLanguage, target ?? model.TargetLanguage, confidence);

    private static string Pair(string? source, string? target) =>
        $"{(source is null ? "" : $"from '{source}' ")}{(target is null ? "" : $"to '{target}'")}".TrimEnd();

    private static string Pairs(IEnumerable<ModelEntry> models) => string.Join(", ", models
        .Select(model => model is { SourceLanguage: { } from, TargetLanguage: { } to } ? $"{from} to {to}" : $"'{model.Id}', which does not say its languages")
        .Distinct(StringComparer.Ordinal).DefaultIfEmpty("none at all"));
}
