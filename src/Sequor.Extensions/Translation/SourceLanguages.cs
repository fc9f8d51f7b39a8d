using Sequor.Text.Languages;

namespace Sequor.Extensions.Translation;

/// <summary>Finds out which language texts are in.</summary>
internal static class SourceLanguages
{
    /// <summary>The likeliest language of texts that are taken to be in the same one.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="among">The languages that models read, the usual one first.</param>
    /// <returns>The language as it stands there, and how certain it is: 0 where the texts say nothing, as numbers do; the usual one is as good as any then.</returns>
    internal static (string Language, double Confidence) Identify(IReadOnlyList<string> texts, IReadOnlyList<string> among) =>
        LanguageIdentifier.Default.Identify(texts is [var only] ? only : string.Join('\n', texts), among) is [var likeliest, ..]
            ? (likeliest.Language, likeliest.Confidence)
            : (among[0], 0);
}
