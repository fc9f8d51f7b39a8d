using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sequor.Server.Faults;

namespace Sequor.Server.LibreTranslate;

/// <summary>What is read and written as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranslateRequest))]
[JsonSerializable(typeof(TranslateResponse))]
[JsonSerializable(typeof(TranslateManyResponse))]
[JsonSerializable(typeof(DetectRequest))]
[JsonSerializable(typeof(TranslateFileForm))]
[JsonSerializable(typeof(TranslateFileResponse))]
[JsonSerializable(typeof(FileProgress))]
[JsonSerializable(typeof(IReadOnlyList<DetectedLanguage>))]
[JsonSerializable(typeof(IReadOnlyList<Language>))]
[JsonSerializable(typeof(FrontendSettings))]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(SuggestResponse))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class LibreTranslateJson : JsonSerializerContext
{
    /// <summary>The same, with umlauts as they are: the answers are JSON and never part of a page's text.</summary>
    internal static LibreTranslateJson Relaxed =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
