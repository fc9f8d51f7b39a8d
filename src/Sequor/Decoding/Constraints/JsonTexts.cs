using System.Text.Json;

namespace Sequor.Decoding.Constraints;

/// <summary>Texts in JSON: one, or an array of them.</summary>
internal static class JsonTexts
{
    /// <summary>Reads a JSON object.</summary>
    /// <typeparam name="T">What it becomes.</typeparam>
    /// <param name="json">Its text.</param>
    /// <param name="options">What is let pass.</param>
    /// <param name="read">Reads its properties.</param>
    /// <param name="place">Where it stands: its file, or file and line.</param>
    /// <exception cref="InvalidDataException">A text in it is half a character.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static T Read<T>(string json, JsonDocumentOptions options, Func<JsonElement, T> read, string place)
    {
        using var document = JsonDocument.Parse(json, options);
        try
        {
            return read(document.RootElement);
        }
        catch (InvalidOperationException fault)
        {
            // The parser passes over escapes; what they stand for shows when the text is taken.
            throw new InvalidDataException($"{place}: an escape such as '\\ud83d' is half a character; the other half must stand behind it.", fault);
        }
    }

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
