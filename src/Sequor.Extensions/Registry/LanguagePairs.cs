namespace Sequor.Extensions.Registry;

/// <summary>Finds models by the languages that they read and write.</summary>
internal static class LanguagePairs
{
    /// <summary>The first model of a pair of languages, the default model before others: one of exactly these, else one of the same languages in other regions or scripts.</summary>
    internal static ModelEntry? Find(IReadOnlyList<ModelEntry> models, string source, string target) =>
        First(models, model => IsSame(model.SourceLanguage, source) && IsSame(model.TargetLanguage, target))
        ?? First(models, model => IsSame(Primary(model.SourceLanguage), Primary(source)) && IsSame(Primary(model.TargetLanguage), Primary(target)));

    /// <summary>The languages that models read, each once, in the order of the models.</summary>
    internal static IReadOnlyList<LanguageTargets> Languages(IReadOnlyList<ModelEntry> models)
    {
        var targets = new OrderedDictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (ModelEntry model in models)
        {
            if (model is not { SourceLanguage: { } source, TargetLanguage: { } target })
            {
                continue;
            }

            if (!targets.TryGetValue(source, out List<string>? known))
            {
                targets.Add(source, known = []);
            }

            if (!known.Contains(target, StringComparer.OrdinalIgnoreCase))
            {
                known.Add(target);
            }
        }

        return [.. targets.Select(pair => new LanguageTargets(pair.Key, pair.Value))];
    }

    private static ModelEntry? First(IReadOnlyList<ModelEntry> models, Func<ModelEntry, bool> fits) =>
        models.Where(fits).OrderByDescending(model => model.IsDefault).FirstOrDefault();

    private static bool IsSame(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // The language of a tag such as pt-BR or zh_Hans (RFC 5646), without region and script.
    private static string? Primary(string? tag) => tag?.Split('-', '_')[0];
}
