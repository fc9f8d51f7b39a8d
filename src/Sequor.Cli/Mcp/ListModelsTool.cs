using System.Text.Json;
using Sequor.Extensions;

namespace Sequor.Cli.Mcp;

/// <summary>Says which models there are.</summary>
/// <param name="models">The models.</param>
internal sealed class ListModelsTool(ModelRegistry models) : McpTool
{
    /// <inheritdoc/>
    public override string Name => "list_models";

    /// <inheritdoc/>
    protected override string Title => "List models";

    /// <inheritdoc/>
    protected override string Meaning => "Lists the models that translate, with their languages, what they are meant for and where they are known to fail.";

    /// <inheritdoc/>
    protected override string InputSchema => """{"type": "object", "properties": {}, "additionalProperties": false}""";

    /// <inheritdoc/>
    protected override string OutputSchema => """
        {
          "type": "object",
          "properties": {
            "models": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "id": {"type": "string"},
                  "default": {"type": "boolean", "description": "Whether it is meant when none is named."},
                  "state": {"type": "string", "enum": ["unloaded", "loading", "ready", "failed"]},
                  "source_language": {"type": "string"},
                  "target_language": {"type": "string"},
                  "parameters": {"type": "integer"},
                  "description": {"type": "string"},
                  "intended_use": {"type": "string"},
                  "known_failures": {"type": "array", "items": {"type": "string"}}
                },
                "required": ["id", "default", "state"]
              }
            }
          },
          "required": ["models"]
        }
        """;

    /// <inheritdoc/>
    public override Task<JsonElement> CallAsync(ToolArguments arguments, CancellationToken cancellation) =>
        Task.FromResult(JsonAnswer.Of(writer => writer.WriteArray("models", models.Models, model => Write(writer, model))));

    private static void Write(Utf8JsonWriter writer, ModelEntry model)
    {
        writer.WriteString("id", model.Id);
        writer.WriteBoolean("default", model.IsDefault);
        writer.WriteString("state", model.State.ToString().ToLowerInvariant());
        writer.WriteIfKnown("source_language", model.SourceLanguage);
        writer.WriteIfKnown("target_language", model.TargetLanguage);
        if (model.Parameters is { } parameters)
            writer.WriteNumber("parameters", parameters);
        if (model.Card is not { } card)
            return;
        writer.WriteIfKnown("description", card.Description);
        writer.WriteIfKnown("intended_use", card.IntendedUse);
        writer.WriteStartArray("known_failures");
        foreach (string failure in card.KnownFailures)
            writer.WriteStringValue(failure);
        writer.WriteEndArray();
    }
}
