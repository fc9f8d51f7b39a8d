using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Sequor.Cli.Mcp;

/// <summary>One thing that an assistant can ask for.</summary>
internal abstract class McpTool
{
    /// <summary>What is called for it.</summary>
    public abstract string Name { get; }

    /// <summary>What assistants are told of it: names of arguments, their types and meanings.</summary>
    public Tool Description => new()
    {
        Name = Name,
        Title = Title,
        Description = Meaning,
        InputSchema = Parsed(InputSchema),
        OutputSchema = Parsed(OutputSchema),
        Annotations = new ToolAnnotations { Title = Title, ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    /// <summary>What it is called in a list for people.</summary>
    protected abstract string Title { get; }

    /// <summary>What it does, for an assistant that has to choose.</summary>
    protected abstract string Meaning { get; }

    /// <summary>The JSON Schema of its arguments.</summary>
    protected abstract string InputSchema { get; }

    /// <summary>The JSON Schema of its answer.</summary>
    protected abstract string OutputSchema { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">What it was called with.</param>
    /// <param name="cancellation">Set when nobody waits any more.</param>
    /// <returns>The answer, as <see cref="OutputSchema"/> says.</returns>
    /// <exception cref="ArgumentException">An argument is wrong; the message says which.</exception>
    public abstract Task<JsonElement> CallAsync(ToolArguments arguments, CancellationToken cancellation);

    /// <summary>A list of names as a JSON array.</summary>
    protected static string ArrayOf(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"\"{JsonEncodedText.Encode(name)}\""))}]";

    private static JsonElement Parsed(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}
