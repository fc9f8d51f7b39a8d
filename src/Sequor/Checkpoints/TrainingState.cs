using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sequor.Checkpoints;

/// <summary>Where a training run stands, apart from weights and optimiser: <c>state.json</c> of a checkpoint.</summary>
public sealed record TrainingState
{
    /// <summary>The newest format this library reads and the one it writes.</summary>
    public const int CurrentFormatVersion = 1;

    private static readonly JsonWriterOptions _layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Updates made so far.</summary>
    public required long Update { get; init; }

    /// <summary>The pass over the data that is under way, counted from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The seed from which every random number follows; they are counter-based, so that nothing else need be kept of them.</summary>
    public long Seed { get; init; }

    /// <summary>The place in the data, in the words of the batch reader.</summary>
    public string DataPosition { get; init; } = "";

    /// <summary>What besides the seed decides the bits.</summary>
    public RunEnvironment Environment { get; init; } = new("", "", "");

    /// <summary>What other rooms must remember: schedule, early stopping, plateau. Keys are prefixed by their owner, such as <c>early_stopping.best</c>.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the state as JSON, keys in order.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, _layout);
        json.WriteStartObject();
        json.WriteNumber("format_version", CurrentFormatVersion);
        json.WriteNumber("update", Update);
        json.WriteNumber("epoch", Epoch);
        json.WriteNumber("seed", Seed);
        json.WriteString("data_position", DataPosition);
        json.WriteString("build", Environment.Build);
        json.WriteString("runtime", Environment.Runtime);
        json.WriteString("instruction_set", Environment.InstructionSet);
        json.WriteStartObject("values");
        foreach ((string key, string value) in Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads a state.</summary>
    /// <param name="json">The JSON, in UTF-8.</param>
    /// <param name="name">The file's name, for faults.</param>
    /// <exception cref="ModelFormatException">The JSON is damaged, lacks something, or is of a newer format.</exception>
    public static TrainingState Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, name);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            and not ModelFormatException)
        {
            throw new ModelFormatException($"{name} is damaged: {fault.Message}", fault);
        }
    }

    private static TrainingState Read(JsonElement root, string name)
    {
        int version = root.GetProperty("format_version").GetInt32();
        if (version > CurrentFormatVersion)
        {
            throw new ModelFormatException(
                $"{name} has format {version}, and this version of Sequor reads formats up to {CurrentFormatVersion}; a newer Sequor reads it.");
        }
        return new TrainingState
        {
            Update = root.GetProperty("update").GetInt64(),
            Epoch = root.GetProperty("epoch").GetInt32(),
            Seed = root.GetProperty("seed").GetInt64(),
            DataPosition = Text("data_position"),
            Environment = new(Text("build"), Text("runtime"), Text("instruction_set")),
            Values = root.GetProperty("values").EnumerateObject().ToDictionary(
                pair => pair.Name, pair => pair.Value.GetString() ?? throw new JsonException($"\"{pair.Name}\" is null.")),
        };

        string Text(string key) => root.GetProperty(key).GetString() ?? throw new JsonException($"\"{key}\" is null.");
    }
}
