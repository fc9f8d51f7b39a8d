using Sequor.Extensions;

namespace Sequor.Cli.Mcp;

/// <summary>A thing that a model does; assistants name the model, or the languages, or neither.</summary>
/// <param name="models">The models.</param>
internal abstract class ModelTool(ModelRegistry models) : McpTool
{
    /// <summary>The models.</summary>
    protected ModelRegistry Models { get; } = models;

    /// <summary>The arguments that choose the model, as properties of a JSON Schema.</summary>
    /// <param name="source">What is in the source language, such as <c>the text</c>.</param>
    /// <param name="target">What <c>target_language</c> is.</param>
    protected string ChoiceSchema(string source, string target) => $$"""
        "source_language": {"type": "string", "description": "The language of {{source}}, such as en; auto or left out to find it out."},
            "target_language": {"type": "string", "description": "{{target}}, such as de."},
            "model": {"type": "string", "description": "The model, by its id from list_models.", "enum": {{ArrayOf(Models.Models.Select(model => model.Id))}} }
        """;

    /// <summary>The model or the languages that were given.</summary>
    /// <param name="arguments">What the tool was called with.</param>
    protected static TranslationOptions ChoiceOf(ToolArguments arguments) => new()
    {
        Model = arguments.Text("model"),
        SourceLanguage = arguments.Text("source_language"),
        TargetLanguage = arguments.Text("target_language"),
    };
}
