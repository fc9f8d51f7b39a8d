using System.Text.Json.Serialization;

namespace Sequor.Server.LibreTranslate;

/// <summary>What a client should know before it asks.</summary>
internal sealed record FrontendSettings
{
    /// <summary>Whether this server knows API keys.</summary>
    [JsonPropertyName("apiKeys")]
    public required bool ApiKeys { get; init; }

    /// <summary>Whether requests need one.</summary>
    [JsonPropertyName("keyRequired")]
    public required bool KeyRequired { get; init; }

    /// <summary>The most characters of a text; -1 for any number.</summary>
    [JsonPropertyName("charLimit")]
    public required int CharLimit { get; init; }

    /// <summary>How long a client should wait before it asks while somebody types, in milliseconds.</summary>
    [JsonPropertyName("frontendTimeout")]
    public required int FrontendTimeout { get; init; }

    /// <summary>Whether better translations may be suggested.</summary>
    [JsonPropertyName("suggestions")]
    public required bool Suggestions { get; init; }

    /// <summary>Whether files are translated.</summary>
    [JsonPropertyName("filesTranslation")]
    public required bool FilesTranslation { get; init; }

    /// <summary>The ends of the names of files that are translated.</summary>
    [JsonPropertyName("supportedFilesFormat")]
    public required IReadOnlyList<string> SupportedFilesFormat { get; init; }

    /// <summary>The languages to begin with.</summary>
    [JsonPropertyName("language")]
    public required FrontendLanguages Language { get; init; }
}

/// <summary>The languages to begin with.</summary>
/// <param name="Source">The language of the text.</param>
/// <param name="Target">The language to translate to.</param>
internal sealed record FrontendLanguages(
    [property: JsonPropertyName("source")] FrontendLanguage Source,
    [property: JsonPropertyName("target")] FrontendLanguage Target);

/// <summary>A language with its name.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">What it is called in English.</param>
internal sealed record FrontendLanguage(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("name")] string Name);

/// <summary>That the server answers.</summary>
/// <param name="Status">Always ok.</param>
internal sealed record HealthStatus([property: JsonPropertyName("status")] string Status);

/// <summary>What <c>POST /suggest</c> would answer.</summary>
/// <param name="Success">Whether the suggestion was taken.</param>
internal sealed record SuggestResponse([property: JsonPropertyName("success")] bool Success);
