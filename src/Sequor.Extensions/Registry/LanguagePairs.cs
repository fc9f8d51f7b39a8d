namespace Sequor.Extensions.Registry;

/// <summary>Finds models by the languages that they read and write.</summary>
internal static class LanguagePairs
{
    // Regions whose Chinese is written in one script where the tag names none (CLDR's likely subtags).
    private static readonly string[] _traditional = ["TW", "HK", "MO"];
    private static readonly string[] _simplified = ["CN", "SG"];

    /// <summary>The models of a pair of languages, the default model first: those of exactly these, else those of the same languages in other regions.</summary>
    /// <param name="models">All models.</param>
    /// <param name="source">The language of sources; null for any.</param>
    /// <param name="target">The language of outputs; null for any.</param>
    internal static IReadOnlyList<ModelEntry> Of(IReadOnlyList<ModelEntry> models, string? source, string? target)
    {
        ModelEntry[] exact = Fitting(models, model => IsExact(source, model.SourceLanguage) && IsExact(target, model.TargetLanguage));
        return exact.Length > 0 ? exact : Fitting(models, model => IsSame(source, model.SourceLanguage) && IsSame(target, model.TargetLanguage));
    }

    /// <summary>Whether a language that is asked for is that of a model, in any region.</summary>
    /// <param name="asked">The language; null for any.</param>
    /// <param name="own">The model's; null where nobody says.</param>
    internal static bool IsSame(string? asked, string? own) => asked is null || (own is not null
        && string.Equals(Subtags(asked)[0], Subtags(own)[0], StringComparison.OrdinalIgnoreCase)
        && (Script(asked) is not { } script || Script(own) is not { } ownScript || string.Equals(script, ownScript, StringComparison.OrdinalIgnoreCase)));

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

    private static ModelEntry[] Fitting(IReadOnlyList<ModelEntry> models, Func<ModelEntry, bool> fits) =>
        [.. models.Where(fits).OrderByDescending(model => model.IsDefault)];

    private static bool IsExact(string? asked, string? own) => asked is null || string.Equals(asked, own, StringComparison.OrdinalIgnoreCase);

    // A tag such as pt-BR or zh_Hans (RFC 5646): language, then script of four letters or region.
    private static string[] Subtags(string tag) => tag.Split('-', '_');

    private static string? Script(string tag)
    {
        string[] rest = Subtags(tag)[1..];
        return Array.Find(rest, part => part.Length == 4 && char.IsAsciiLetter(part[0]))
            ?? (rest.Intersect(_traditional, StringComparer.OrdinalIgnoreCase).Any() ? "Hant"
                : rest.Intersect(_simplified, StringComparer.OrdinalIgnoreCase).Any() ? "Hans"
                : null);
    }
}
