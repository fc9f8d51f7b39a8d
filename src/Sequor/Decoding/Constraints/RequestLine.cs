using System.Globalization;
using System.Text.Json;

namespace Sequor.Decoding.Constraints;

/// <summary>
/// Reads what one line of a file asks of one output: phrases that must be written, parted by tabs, each with its alternatives parted by <c>|</c>; or a JSON object with
/// <c>constraints</c> (an array of texts or of arrays of alternatives), <c>avoid</c> (texts), <c>allowed</c> (texts) and <c>prefix</c> (a text). An empty line asks for nothing.
/// </summary>
public static class RequestLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">What its file is called in a fault.</param>
    /// <param name="number">The line's number, from 1.</param>
    /// <exception cref="InvalidDataException">The line asks for nothing that is known; line and column or key are named.</exception>
    public static DecodingRequest Parse(string line, string name, long number)
    {
        ArgumentNullException.ThrowIfNull(line);
        string place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}");
        return string.IsNullOrWhiteSpace(line) ? DecodingRequest.None : line.TrimStart().StartsWith('{') ? OfJson(line, place) : OfFields(line, place);
    }

    private static DecodingRequest OfFields(string line, string place)
    {
        List<OutputConstraint> constraints = [];
        int column = 1;
        foreach (string field in line.Split('\t'))
        {
            constraints.Add(Alternatives.Parse(field) is { } texts ? new RequiredPhrase(texts) : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{place}, column {column}: a phrase is empty; tabs part phrases, and bars their alternatives.")));
            column += field.Length + 1;
        }

        return new DecodingRequest { Constraints = constraints };
    }

    private static DecodingRequest OfJson(string line, string place)
    {
        try
        {
            return JsonTexts.Read(line, default, root => OfProperties(root, place), place);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{place}, column {fault.BytePositionInLine + 1}: this is no JSON object."), fault);
        }
    }

    private static DecodingRequest OfProperties(JsonElement root, string place)
    {
        var request = new DecodingRequest();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            request = property.Name switch
            {
                "prefix" when property.Value.ValueKind == JsonValueKind.String => request with { Prefix = property.Value.GetString()! },
                "constraints" when property.Value.ValueKind == JsonValueKind.Array => With(request, property.Value.EnumerateArray().Select(
                    one => (OutputConstraint)new RequiredPhrase(Texts(one, "constraints", place)))),
                "avoid" when IsEmpty(property.Value) => request,
                "avoid" => With(request, [new BannedPhrases(Texts(property.Value, "avoid", place))]),
                "allowed" => With(request, [new AllowedOutputs(Texts(property.Value, "allowed", place))]),
                "prefix" => throw new InvalidDataException($"{place}: 'prefix' must be a text."),
                "constraints" => throw new InvalidDataException($"{place}: 'constraints' must be an array."),
                var other => throw new InvalidDataException($"{place}: there is no '{other}' here; known are constraints, avoid, allowed and prefix."),
            };
        }

        return request;
    }

    private static DecodingRequest With(DecodingRequest request, IEnumerable<OutputConstraint> constraints) => request with { Constraints = [.. request.Constraints, .. constraints] };

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    private static IReadOnlyList<string> Texts(JsonElement value, string key, string place) =>
        JsonTexts.Of(value) ?? throw new InvalidDataException($"{place}: '{key}' must hold texts or arrays of texts, none of them empty.");
}
