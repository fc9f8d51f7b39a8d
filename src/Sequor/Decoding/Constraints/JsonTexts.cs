using System.Text.Json;

namespace Sequor.Decoding.Constraints;

/// <summary>Texts in JSON: one, or an array of them.</summary>
internal static class JsonTexts
{
    /// <summary>The texts of a value; null when it is something else, or one of them is empty.</summary>
    internal static IReadOnlyList<string>? Of(JsonElement value)
    {
        string?[] texts = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()],
            JsonValueKind.Array => [.. value.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString() : null)],
            _ => [],
        };
        return texts.Length == 0 || texts.Any(string.IsNullOrWhiteSpace) ? null : [.. texts.OfType<string>()];
    }
}
