using System.Text.Json;
using Sequor.Text.Languages;

namespace Sequor.Cli.Mcp;

/// <summary>Says which language a text is in.</summary>
internal sealed class DetectLanguageTool : McpTool
{
    /// <inheritdoc/>
    public override string Name => "detect_language";

    /// <inheritdoc/>
    protected override string Title => "Detect the language";

    /// <inheritdoc/>
    protected override string Meaning => "Says which language a text is in, the likeliest first, with confidences from 0 to 1. A sentence is told surely, a single word is not.";

    /// <inheritdoc/>
    protected override string InputSchema => """
        {
          "type": "object",
          "properties": {"text": {"type": "string", "description": "The text."}},
          "required": ["text"],
          "additionalProperties": false
        }
        """;

    /// <inheritdoc/>
    protected override string OutputSchema => """
        {
          "type": "object",
          "properties": {
            "languages": {
              "type": "array",
              "items": {"type": "object", "properties": {"language": {"type": "string"}, "confidence": {"type": "number"}}, "required": ["language", "confidence"]}
            }
          },
          "required": ["languages"]
        }
        """;

    /// <inheritdoc/>
    public override Task<JsonElement> CallAsync(ToolArguments arguments, CancellationToken cancellation)
    {
        string text = arguments.RequiredText("text");
        return Task.FromResult(JsonAnswer.Of(writer => writer.WriteArray("languages", LanguageIdentifier.Default.Identify(text), guess =>
        {
            writer.WriteString("language", guess.Language);
            writer.WriteNumber("confidence", guess.Confidence);
        })));
    }
}
