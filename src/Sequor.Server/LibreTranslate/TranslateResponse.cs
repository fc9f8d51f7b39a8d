using System.Text.Json.Serialization;

namespace Sequor.Server.LibreTranslate;

/// <summary>A translation.</summary>
/// <param name="TranslatedText">The translation.</param>
internal sealed record TranslateResponse([property: JsonPropertyName("translatedText")] string TranslatedText)
{
    /// <summary>Other translations, where they were asked for.</summary>
    [JsonPropertyName("alternatives")]
    public IReadOnlyList<string>? Alternatives { get; init; }

    /// <summary>The language of the text, where source was auto.</summary>
    [JsonPropertyName("detectedLanguage")]
    public DetectedLanguage? DetectedLanguage { get; init; }
}

/// <summary>Translations of an array of texts, in their order.</summary>
/// <param name="TranslatedText">The translations.</param>
internal sealed record TranslateManyResponse([property: JsonPropertyName("translatedText")] IReadOnlyList<string> TranslatedText)
{
    /// <summary>Other translations of each text, where they were asked for.</summary>
    [JsonPropertyName("alternatives")]
    public IReadOnlyList<IReadOnlyList<string>>? Alternatives { get; init; }

    /// <summary>The languages of the texts, where source was auto.</summary>
    [JsonPropertyName("detectedLanguage")]
    public IReadOnlyList<DetectedLanguage>? DetectedLanguage { get; init; }
}

/// <summary>A language that a text may be in.</summary>
/// <param name="Confidence">How sure that is, 0 to 100.</param>
/// <param name="Language">The language's code.</param>
internal sealed record DetectedLanguage(
    [property: JsonPropertyName("confidence")] double Confidence,
    [property: JsonPropertyName("language")] string Language);

/// <summary>A language, and those that it can be translated to.</summary>
/// <param name="Code">The language's code.</param>
/// <param name="Name">What it is called in English.</param>
/// <param name="Targets">The languages that it can be translated to, itself included; empty for one that is only translated to.</param>
internal sealed record Language(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("targets")] IReadOnlyList<string> Targets);

/// <summary>Where a translated file can be fetched.</summary>
/// <param name="TranslatedFileUrl">The address of the translated file; it works for 30 minutes.</param>
internal sealed record TranslateFileResponse([property: JsonPropertyName("translatedFileUrl")] string TranslatedFileUrl);

/// <summary>How far the translation of a file has come.</summary>
/// <param name="Done">Sentences that are translated.</param>
/// <param name="Total">Sentences of the file; equal ones count once.</param>
internal sealed record FileProgress([property: JsonPropertyName("done")] int Done, [property: JsonPropertyName("total")] int Total);
