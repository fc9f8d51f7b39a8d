using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sequor.Server.Requests;

/// <summary>A text or an array of texts.</summary>
/// <param name="All">The texts; one where it is a text.</param>
/// <param name="IsArray">Whether it is an array, be it of one text.</param>
[JsonConverter(typeof(TextOrTextsConverter))]
internal sealed record TextOrTexts(IReadOnlyList<string> All, bool IsArray)
{
    /// <summary>A single text.</summary>
    /// <param name="text">The text.</param>
    internal static TextOrTexts One(string text) => new([text], IsArray: false);

    /// <summary>Texts in the shape of these: a text for a text, an array for an array.</summary>
    /// <param name="texts">As many texts.</param>
    internal TextOrTexts With(IReadOnlyList<string> texts) => new(texts, IsArray);
}

/// <summary>Reads and writes a text or an array of texts.</summary>
internal sealed class TextOrTextsConverter : JsonConverter<TextOrTexts>
{
    /// <inheritdoc/>
    public override TextOrTexts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return TextOrTexts.One(reader.GetString()!);
        }

        List<string> texts = [];
        bool isArray = reader.TokenType == JsonTokenType.StartArray;
        while (isArray && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? new TextOrTexts(texts, IsArray: true) : throw new JsonException("A text or an array of texts was expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextOrTexts value, JsonSerializerOptions options)
    {
        if (!value.IsArray)
        {
            writer.WriteStringValue(value.All[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (string text in value.All)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
