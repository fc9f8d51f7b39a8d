using Sequor.Extensions;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Which languages the models translate between.</summary>
internal static class LanguageList
{
    /// <summary>Every language that is read or written, in the order of the models.</summary>
    /// <param name="models">The models.</param>
    internal static IReadOnlyList<Language> Of(IReadOnlyList<ModelEntry> models)
    {
        (string Source, string Target)[] pairs = [.. models.Select(Pair).OfType<(string, string)>()];
        return [.. pairs.Select(pair => pair.Source).Concat(pairs.Select(pair => pair.Target)).Distinct(StringComparer.Ordinal).Select(code => new Language(
            code, Languages.Name(code), Targets(pairs, code)))];
    }

    /// <summary>The languages of a model; null where nobody says.</summary>
    /// <param name="model">The model.</param>
    internal static (string Source, string Target)? Pair(ModelEntry model) =>
        model is { SourceLanguage: { } source, TargetLanguage: { } target } ? (Languages.Normalize(source), Languages.Normalize(target)) : null;

    private static IReadOnlyList<string> Targets((string Source, string Target)[] pairs, string source)
    {
        string[] targets = [.. pairs.Where(pair => pair.Source == source).Select(pair => pair.Target)];
        return targets.Length == 0 ? [] : [.. targets.Append(source).Distinct(StringComparer.Ordinal)];
    }
}
