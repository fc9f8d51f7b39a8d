using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sequor.Configuration;

namespace Sequor.Server.Requests;

/// <summary>Compares JSON with what a request must look like, and says of every field what is wrong with it.</summary>
/// <param name="shape">What the whole must look like.</param>
/// <param name="unknownFieldsAreFaults">Whether a field that nobody knows is a fault; otherwise it is passed over.</param>
internal sealed class JsonShape(JsonTypeInfo shape, bool unknownFieldsAreFaults)
{
    // Looking for the name that was meant takes time, and more faults than these are only counted.
    private const int MostAdvised = 10;

    private readonly List<string> _faults = [];

    /// <summary>Every fault, as sentences that name the field.</summary>
    /// <param name="value">The JSON.</param>
    internal IReadOnlyList<string> FaultsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [$"The body must be a JSON object, but is {Name(value)}."];
        }

        CheckObject(value, shape, "");
        return _faults;
    }

    private void CheckObject(JsonElement value, JsonTypeInfo type, string path)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty field in value.EnumerateObject())
        {
            string name = path + field.Name;
            JsonPropertyInfo? known = type.Properties.FirstOrDefault(property => property.Name == field.Name);
            if (known is null && !unknownFieldsAreFaults)
            {
                continue;
            }

            if (!seen.Add(field.Name))
            {
                _faults.Add($"'{name}' stands in the request twice; leave one out.");
            }
            else if (known is null)
            {
                _faults.Add(_faults.Count < MostAdvised ? Unknown(field.Name, name, type) : $"There is no field '{name}'.");
            }
            else if (field.Value.ValueKind != JsonValueKind.Null)
            {
                Check(field.Value, type.Options.GetTypeInfo(known.PropertyType), name);
            }
            else if (known.IsRequired)
            {
                _faults.Add($"'{name}' is null; it must be {Wanted(known.PropertyType)}.");
            }
        }

        foreach (JsonPropertyInfo missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            _faults.Add($"'{path}{missing.Name}' is missing; it must be {Wanted(missing.PropertyType)}.");
        }
    }

    private static string Unknown(string field, string name, JsonTypeInfo type)
    {
        string[] names = [.. type.Properties.Select(property => property.Name)];
        return NearestName.Find(field, names) is { } nearest
            ? $"There is no field '{name}'; did you mean '{nearest}'?"
            : $"There is no field '{name}'; known are {string.Join(", ", names)}.";
    }

    private void Check(JsonElement value, JsonTypeInfo type, string path)
    {
        Type underlying = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckObject(value, type, path + ".");
                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                CheckEntries(value, path);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                int index = 0;
                JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
                foreach (JsonElement one in value.EnumerateArray())
                {
                    Check(one, element, $"{path}[{index++}]");
                }

                break;
            case JsonTypeInfoKind.None when underlying == typeof(TextOrTexts) && value.ValueKind == JsonValueKind.Array:
                CheckTexts(value, path);
                break;
            case var _ when !Fits(value, underlying):
                _faults.Add($"'{path}' must be {Wanted(underlying)}, but is {Name(value)}.");
                break;
        }
    }

    private void CheckEntries(JsonElement value, string path)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            if (!seen.Add(entry.Name))
            {
                _faults.Add($"'{entry.Name}' stands in '{path}' twice; leave one out.");
            }
            else if (entry.Value.ValueKind != JsonValueKind.String)
            {
                _faults.Add($"'{path}' must hold texts, but '{entry.Name}' is {Name(entry.Value)}.");
            }
        }
    }

    private void CheckTexts(JsonElement value, string path)
    {
        int index = 0;
        foreach (JsonElement one in value.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String)
            {
                _faults.Add($"'{path}[{index}]' must be a text, but is {Name(one)}.");
            }

            index++;
        }
    }

    private static bool Fits(JsonElement value, Type type) => value.ValueKind switch
    {
        JsonValueKind.String => type == typeof(string) || type == typeof(TextOrTexts),
        JsonValueKind.True or JsonValueKind.False => type == typeof(bool),
        JsonValueKind.Number when type == typeof(int) => value.TryGetInt32(out _),
        JsonValueKind.Number when type == typeof(long) => value.TryGetInt64(out _),
        JsonValueKind.Number when type == typeof(double) => value.TryGetDouble(out double number) && double.IsFinite(number),
        _ => false,
    };

    private static string Wanted(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var leaf when leaf == typeof(string) => "a text",
        var leaf when leaf == typeof(TextOrTexts) => "a text or an array of texts",
        var leaf when leaf == typeof(bool) => "true or false",
        var leaf when leaf == typeof(int) => "a whole number",
        var leaf when leaf == typeof(long) => "a whole number",
        var leaf when leaf == typeof(double) => "a number",
        var dictionary when dictionary.IsAssignableTo(typeof(IEnumerable<KeyValuePair<string, string>>)) => "an object of texts",
        var array when array.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "an array",
        _ => "an object",
    };

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => Shortened(value.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private static string Shortened(string number) => number.Length <= 30 ? number : number[..30] + "…";
}
