using System.Text.Json;
using Sequor.Configuration;

namespace Sequor.Cli.Mcp;

/// <summary>What a tool was called with. What is wrong with it is told to the assistant, who can then call again.</summary>
internal sealed class ToolArguments
{
    private readonly IDictionary<string, JsonElement> _given;

    /// <summary>Takes arguments.</summary>
    /// <param name="given">The arguments; null for none.</param>
    /// <param name="tool">The tool, for its schema names what may be given.</param>
    /// <exception cref="ArgumentException">There is an argument that the tool does not have.</exception>
    public ToolArguments(IDictionary<string, JsonElement>? given, McpTool tool)
    {
        _given = given ?? new Dictionary<string, JsonElement>();
        string[] known = [.. tool.Description.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        if (_given.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } stranger)
        {
            string advice = NearestName.Find(stranger, known) is { } nearest ? $"did you mean '{nearest}'?" : known.Length > 0 ? $"there are {string.Join(", ", known)}." : "there are none.";
            throw new ArgumentException($"The tool {tool.Name} has no argument '{stranger}'; {advice}");
        }
    }

    /// <summary>A text that must be given.</summary>
    /// <param name="name">The argument.</param>
    public string RequiredText(string name) => Text(name) ?? throw new ArgumentException($"The argument '{name}' is missing; it must be a text.");

    /// <summary>A text; null where none is given.</summary>
    /// <param name="name">The argument.</param>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Wrong(name, other, "a text"),
    };

    /// <summary>A whole number.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="otherwise">The number where none is given.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most that it may be.</param>
    public int Whole(string name, int otherwise, int least, int most) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int value) && value >= least && value <= most => value,
        { } other => throw Wrong(name, other, $"a whole number from {least} to {most}"),
    };

    /// <summary>An object of texts, in its order; each value may be a list of texts.</summary>
    /// <param name="name">The argument.</param>
    public IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Texts(string name)
    {
        if (Find(name) is not { } given)
            return [];
        return given.ValueKind == JsonValueKind.Object
            ? [.. given.EnumerateObject().Select(property => (property.Name, ValuesOf(name, property)))]
            : throw Wrong(name, given, "an object such as {\"term\": \"translation\"}");
    }

    private static IReadOnlyList<string> ValuesOf(string name, JsonProperty property) => property.Value switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } all when all.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => [.. all.EnumerateArray().Select(one => one.GetString()!)],
        var other => throw Wrong($"{name}.{property.Name}", other, "a text or a list of texts"),
    };

    private JsonElement? Find(string name) => _given.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ArgumentException Wrong(string name, JsonElement given, string wanted)
    {
        string told = given.GetRawText();
        return new ArgumentException($"The argument '{name}' is {(told.Length > 40 ? told[..40] + "…" : told)}; it must be {wanted}.");
    }
}
