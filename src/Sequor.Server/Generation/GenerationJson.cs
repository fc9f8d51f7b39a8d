using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sequor.Server.Faults;

namespace Sequor.Server.Generation;

/// <summary>What the native API reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(GenerateRequest))]
[JsonSerializable(typeof(GenerateResponse))]
[JsonSerializable(typeof(StreamedPart))]
[JsonSerializable(typeof(AttentionRequest))]
[JsonSerializable(typeof(AttentionResponse))]
[JsonSerializable(typeof(AlternativesRequest))]
[JsonSerializable(typeof(AlternativesResponse))]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(ScoreResponse))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelDetails))]
[JsonSerializable(typeof(LoadRequest))]
internal sealed partial class GenerationJson : JsonSerializerContext
{
    /// <summary>The same, with umlauts as they are: the answers are JSON and never part of a page's text.</summary>
    internal static GenerationJson Relaxed =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
