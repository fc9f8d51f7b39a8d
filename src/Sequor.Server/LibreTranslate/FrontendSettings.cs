using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Sequor.Server.LibreTranslate;

/// <summary>What <c>GET /frontend/settings</c> answers: what a client should know before it asks.</summary>
[Description("What a client should know before it asks.")]
internal sealed record FrontendSettings
{
    /// <summary>Whether there are API keys.</summary>
    [JsonPropertyName("apiKeys"), Description("Whether this server knows API keys.")]
    public required bool ApiKeys { get; init; }

    /// <summary>Whether a key is needed.</summary>
    [JsonPropertyName("keyRequired"), Description("Whether requests need one.")]
    public required bool KeyRequired { get; init; }

    /// <summary>The most characters of a request.</summary>
    [JsonPropertyName("charLimit"), Description("The most characters of a request.")]
    public required int CharLimit { get; init; }

    /// <summary>How long a client should wait before it asks while somebody types, in milliseconds.</summary>
    [JsonPropertyName("frontendTimeout"), Description("How long a client should wait before it asks while somebody types, in milliseconds.")]
    public required int FrontendTimeout { get; init; }

    /// <summary>Whether better translations may be suggested.</summary>
    [JsonPropertyName("suggestions"), Description("Whether better translations may be suggested.")]
    public required bool Suggestions { get; init; }

    /// <summary>Whether files are translated.</summary>
    [JsonPropertyName("filesTranslation"), Description("Whether files are translated.")]
    public required bool FilesTranslation { get; init; }

    /// <summary>The ends of the names of files that are translated.</summary>
    [JsonPropertyName("supportedFilesFormat"), Description("The ends of the names of files that are translated.")]
    public required IReadOnlyList<string> SupportedFilesFormat { get; init; }

    /// <summary>The languages to begin with.</summary>
    [JsonPropertyName("language"), Description("The languages to begin with.")]
    public required FrontendLanguages Language { get; init; }
}

/// <summary>The languages to begin with.</summary>
/// <param name="Source">The language of the text.</param>
/// <param name="Target">The language to translate to.</param>
[Description("The languages to begin with.")]
internal sealed record FrontendLanguages(
    [property: JsonPropertyName("source"), Description("The language of the text.")] FrontendLanguage Source,
    [property: JsonPropertyName("target"), Description("The language to translate to.")] FrontendLanguage Target);

/// <summary>A language with its name.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
[Description("A language with its name.")]
internal sealed record FrontendLanguage(
    [property: JsonPropertyName("code"), Description("Its code.")] string Code,
    [property: JsonPropertyName("name"), Description("What it is called in English.")] string Name);

/// <summary>What <c>/health</c> answers.</summary>
/// <param name="Status">ok.</param>
[Description("That the server answers.")]
internal sealed record HealthStatus([property: JsonPropertyName("status"), Description("ok")] string Status);
