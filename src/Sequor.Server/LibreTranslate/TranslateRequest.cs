using System.ComponentModel;
using System.Text.Json.Serialization;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>What is asked of <c>POST /translate</c>.</summary>
[Description("A text, or several, to be translated. Fields that are not known are passed over, as clients of LibreTranslate expect.")]
internal sealed record TranslateRequest
{
    /// <summary>The text or texts.</summary>
    [JsonPropertyName("q"), Description("A text, or an array of texts.")]
    public required TextOrTexts Q { get; init; }

    /// <summary>Their language.</summary>
    [JsonPropertyName("source"), Description("The language of the text, such as en, or auto to have it detected.")]
    public required string Source { get; init; }

    /// <summary>The language to translate to.</summary>
    [JsonPropertyName("target"), Description("The language to translate to, such as de.")]
    public required string Target { get; init; }

    /// <summary>What kind of text it is.</summary>
    [JsonPropertyName("format"), Description("text or html. Default text.")]
    public string? Format { get; init; }

    /// <summary>Other translations that are wanted.</summary>
    [JsonPropertyName("alternatives"), Description("How many other translations are wanted of each text. Default 0.")]
    public int? Alternatives { get; init; }

    /// <summary>The key that lets the request in.</summary>
    [JsonPropertyName("api_key"), Description("The API key, where the server asks for one.")]
    public string? ApiKey { get; init; }
}

/// <summary>What is asked of <c>POST /detect</c>.</summary>
[Description("A text whose language is asked for.")]
internal sealed record DetectRequest
{
    /// <summary>The text.</summary>
    [JsonPropertyName("q"), Description("The text.")]
    public required TextOrTexts Q { get; init; }

    /// <summary>The key that lets the request in.</summary>
    [JsonPropertyName("api_key"), Description("The API key, where the server asks for one.")]
    public string? ApiKey { get; init; }
}
