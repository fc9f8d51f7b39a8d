using System.Text;
using Sequor.Extensions;
using Sequor.Server.Requests;
using Sequor.Text.Languages;

namespace Sequor.Server.LibreTranslate;

/// <summary>Finds out which language a text is in.</summary>
internal static class SourceLanguage
{
    /// <summary>What clients write where the language is to be found out.</summary>
    internal const string Auto = "auto";

    private const int Percent = 100;

    /// <summary>Whether the language is to be found out.</summary>
    /// <param name="source">What a client wrote.</param>
    internal static bool IsAuto(string source) => string.Equals(source, Auto, StringComparison.OrdinalIgnoreCase);

    /// <summary>The languages a text may be in, the likeliest first; where nothing can be said, the first model's with no confidence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="models">The models.</param>
    internal static IReadOnlyList<DetectedLanguage> Detect(string text, IReadOnlyList<ModelEntry> models)
    {
        IReadOnlyList<LanguageGuess> guesses = LanguageIdentifier.Default.Identify(text);
        return guesses.Count == 0 ? [Unknown(models)] : [.. guesses.Select(Told)];
    }

    /// <summary>The language of a text that is to be translated: one that can be translated to the target, or the target itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">The language to translate to.</param>
    /// <param name="isMarkup">Whether the text is HTML, whose tags are in no language.</param>
    /// <param name="models">The models.</param>
    internal static DetectedLanguage Of(string text, string target, bool isMarkup, IReadOnlyList<ModelEntry> models)
    {
        text = isMarkup ? WithoutTags(text) : text;
        string[] among = [.. models.Select(LanguageList.Pair).OfType<(string Source, string Target)>().Where(pair => Languages.Fits(target, pair.Target))
            .Select(pair => pair.Source).Append(Languages.Normalize(target)).Distinct(StringComparer.Ordinal)];
        return LanguageIdentifier.Default.Identify(text, among) is [var best, ..] ? Told(best) : new DetectedLanguage(0, among[0]);
    }

    private static string WithoutTags(string html)
    {
        StringBuilder text = new(html.Length);
        int at = 0;
        while (at < html.Length)
        {
            int tag = html.IndexOf('<', at);
            text.Append(html, at, (tag < 0 ? html.Length : tag) - at).Append(' ');
            int end = tag < 0 ? -1 : html.IndexOf('>', tag);
            at = end < 0 ? html.Length : end + 1;
        }

        return text.ToString();
    }

    private static DetectedLanguage Told(LanguageGuess guess) => new(Math.Round(Percent * guess.Confidence, 1), guess.Language);

    private static DetectedLanguage Unknown(IReadOnlyList<ModelEntry> models) =>
        new(0, models.Select(LanguageList.Pair).FirstOrDefault(pair => pair is not null)?.Source ?? "en");
}
