using System.Text.Json.Serialization;

namespace Sequor.Server.LibreTranslate;

/// <summary>What is read and written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TranslateRequest))]
[JsonSerializable(typeof(TranslateResponse))]
internal sealed partial class LibreTranslateJson : JsonSerializerContext;

/// <summary>A text to translate.</summary>
/// <param name="Q">The text.</param>
internal sealed record TranslateRequest(string Q);

/// <summary>A translation.</summary>
/// <param name="TranslatedText">The text.</param>
internal sealed record TranslateResponse(string TranslatedText);
