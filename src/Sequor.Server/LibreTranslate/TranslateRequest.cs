using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>A text, or several, to be translated. Fields that are not known are passed over, as clients of LibreTranslate expect.</summary>
internal sealed record TranslateRequest
{
    /// <summary>A text, or an array of texts.</summary>
    [JsonPropertyName("q")]
    public required TextOrTexts Q { get; init; }

    /// <summary>The language of the text, such as en, or auto to have it detected.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The language to translate to, such as de.</summary>
    [JsonPropertyName("target")]
    public required string Target { get; init; }

    /// <summary>text or html. Default text.</summary>
    [JsonPropertyName("format")]
    public string? Format { get; init; }

    /// <summary>How many other translations are wanted of each text. Default 0.</summary>
    [JsonPropertyName("alternatives")]
    public int? Alternatives { get; init; }

    /// <summary>The API key, where the server asks for one.</summary>
    [JsonPropertyName("api_key")]
    public string? ApiKey { get; init; }
}

/// <summary>A text whose language is asked for.</summary>
internal sealed record DetectRequest
{
    /// <summary>The text.</summary>
    [JsonPropertyName("q")]
    public required TextOrTexts Q { get; init; }

    /// <summary>The API key, where the server asks for one.</summary>
    [JsonPropertyName("api_key")]
    public string? ApiKey { get; init; }
}

/// <summary>A file to be translated: a form in parts.</summary>
internal sealed record TranslateFileForm
{
    /// <summary>The file: UTF-8 text that ends in .txt, .md, .markdown, .html or .htm.</summary>
    [JsonPropertyName("file")]
    public required IFormFile File { get; init; }

    /// <summary>The language of the file, such as en, or auto to have it detected.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The language to translate to, such as de.</summary>
    [JsonPropertyName("target")]
    public required string Target { get; init; }

    /// <summary>The API key, where the server asks for one.</summary>
    [JsonPropertyName("api_key")]
    public string? ApiKey { get; init; }
}
