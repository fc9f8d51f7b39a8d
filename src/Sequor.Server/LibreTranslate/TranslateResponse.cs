using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Sequor.Server.LibreTranslate;

/// <summary>What <c>POST /translate</c> answers to one text.</summary>
/// <param name="TranslatedText">The translation.</param>
[Description("A translation.")]
internal sealed record TranslateResponse([property: JsonPropertyName("translatedText"), Description("The translation.")] string TranslatedText)
{
    /// <summary>Other translations.</summary>
    [JsonPropertyName("alternatives"), Description("Other translations, where they were asked for.")]
    public IReadOnlyList<string>? Alternatives { get; init; }

    /// <summary>The language of the text.</summary>
    [JsonPropertyName("detectedLanguage"), Description("The language of the text, where source was auto.")]
    public DetectedLanguage? DetectedLanguage { get; init; }
}

/// <summary>What <c>POST /translate</c> answers to an array of texts.</summary>
/// <param name="TranslatedText">The translations.</param>
[Description("Translations of an array of texts, in their order.")]
internal sealed record TranslateManyResponse([property: JsonPropertyName("translatedText"), Description("The translations.")] IReadOnlyList<string> TranslatedText)
{
    /// <summary>Other translations of each text.</summary>
    [JsonPropertyName("alternatives"), Description("Other translations of each text, where they were asked for.")]
    public IReadOnlyList<IReadOnlyList<string>>? Alternatives { get; init; }

    /// <summary>The languages of the texts.</summary>
    [JsonPropertyName("detectedLanguage"), Description("The languages of the texts, where source was auto.")]
    public IReadOnlyList<DetectedLanguage>? DetectedLanguage { get; init; }
}

/// <summary>A language that a text may be in.</summary>
/// <param name="Confidence">How sure that is, in percent.</param>
/// <param name="Language">Its code.</param>
[Description("A language that a text may be in.")]
internal sealed record DetectedLanguage(
    [property: JsonPropertyName("confidence"), Description("How sure that is, 0 to 100.")] double Confidence,
    [property: JsonPropertyName("language"), Description("The language's code.")] string Language);

/// <summary>A language that can be translated from.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">What it is called in English.</param>
/// <param name="Targets">The codes of the languages that it can be translated to.</param>
[Description("A language, and those that it can be translated to.")]
internal sealed record Language(
    [property: JsonPropertyName("code"), Description("The language's code.")] string Code,
    [property: JsonPropertyName("name"), Description("What it is called in English.")] string Name,
    [property: JsonPropertyName("targets"), Description("The languages that it can be translated to, itself included; empty for one that is only translated to.")] IReadOnlyList<string> Targets);
