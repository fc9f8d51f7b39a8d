namespace Sequor.Extensions.Translation;

/// <summary>Finds out which language texts are in.</summary>
internal static class SourceLanguages
{
    internal static (string Language, double Confidence) Identify(IReadOnlyList<string> texts, IReadOnlyCollection<string> among) =>
        throw new ArgumentException($"{texts.Count} texts may be in any of {string.Join(", ", among)}. Say which.");
}
