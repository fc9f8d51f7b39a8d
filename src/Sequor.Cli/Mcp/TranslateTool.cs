using System.Text.Json;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Extensions;
using Sequor.Extensions.Translation;

namespace Sequor.Cli.Mcp;

/// <summary>Translates a text.</summary>
/// <param name="models">The models.</param>
/// <param name="translator">What translates with them.</param>
internal sealed class TranslateTool(ModelRegistry models, ITranslator translator) : ModelTool(models)
{
    private const int MostAlternatives = 20;

    private const int LeastBeam = 5;

    /// <inheritdoc/>
    public override string Name => "translate";

    /// <inheritdoc/>
    protected override string Title => "Translate text";

    /// <inheritdoc/>
    protected override string Meaning =>
        "Translates a text of any length with a local model. Paragraphs and line ends are kept. Say the model, or the languages, or neither for the default model; a glossary "
        + "says how terms must be translated.";

    /// <inheritdoc/>
    protected override string InputSchema => $$"""
        {
          "type": "object",
          "properties": {
            "text": {"type": "string", "description": "The text to translate."},
            {{ChoiceSchema("the text", "The language to translate to")}},
            "glossary": {
              "type": "object", "description": "Terms of the text and what they must be translated to: a text, or a list of which any will do.",
              "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"} } ] }
            },
            "alternatives": {"type": "integer", "minimum": 0, "maximum": {{MostAlternatives}}, "default": 0, "description": "How many further translations are wanted."}
          },
          "required": ["text"],
          "additionalProperties": false
        }
        """;

    /// <inheritdoc/>
    protected override string OutputSchema => """
        {
          "type": "object",
          "properties": {
            "text": {"type": "string", "description": "The translation."},
            "model": {"type": "string"},
            "source_language": {"type": "string"},
            "source_confidence": {"type": "number", "description": "How certain the source language is, 0 to 1, where it was found out."},
            "target_language": {"type": "string"},
            "alternatives": {"type": "array", "items": {"type": "string"}, "description": "Further translations, the best first."},
            "glossary": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {"term": {"type": "string"}, "translations": {"type": "array", "items": {"type": "string"}}, "met": {"type": "boolean"}},
                "required": ["term", "translations", "met"]
              }
            }
          },
          "required": ["text", "model", "alternatives", "glossary"]
        }
        """;

    /// <inheritdoc/>
    public override async Task<JsonElement> CallAsync(ToolArguments arguments, CancellationToken cancellation)
    {
        string text = arguments.RequiredText("text");
        int alternatives = arguments.Whole("alternatives", 0, 0, MostAlternatives);
        GlossaryEntry[] terms = [.. arguments.Texts("glossary").Select(term => new GlossaryEntry(term.Key, term.Values))];
        TranslationOptions options = ChoiceOf(arguments) with { Glossary = terms.Length > 0 ? new Glossary(terms) : null };
        if (alternatives > 0 || terms.Length > 0)
            options = options with { Search = Beam(Models.Find(ChosenModel.For(Models, [text], options).Id)!.Configuration.Decoding, alternatives + 1) };
        PassageTranslation passage = await translator.TranslateAsync(text, options, cancellation).ConfigureAwait(false);
        return JsonAnswer.Of(writer => Write(writer, passage));
    }

    // Several translations, and terms, take a beam that is wide enough for them; all else stays as the model has it.
    private static SearchOptions Beam(DecodingConfiguration own, int translations) => (own with
    {
        Search = SearchChoice.Beam,
        Beam = Math.Max(Math.Max(own.Beam, LeastBeam), translations),
        BeamGroups = 1,
        NBest = translations,
    }).ToSearchOptions();

    private static void Write(Utf8JsonWriter writer, PassageTranslation passage)
    {
        writer.WriteString("text", passage.Text);
        writer.WriteString("model", passage.ModelId);
        writer.WriteIfKnown("source_language", passage.SourceLanguage);
        if (passage.SourceConfidence is { } confidence)
            writer.WriteNumber("source_confidence", confidence);
        writer.WriteIfKnown("target_language", passage.TargetLanguage);
        writer.WriteStartArray("alternatives");
        for (int rank = 1; rank < passage.Alternatives; rank++)
            writer.WriteStringValue(passage.TextOf(rank));
        writer.WriteEndArray();
        writer.WriteArray("glossary", passage.Sentences.SelectMany(sentence => sentence.Terms), term =>
        {
            writer.WriteString("term", term.Term);
            writer.WriteStartArray("translations");
            foreach (string translation in term.Translations)
                writer.WriteStringValue(translation);
            writer.WriteEndArray();
            writer.WriteBoolean("met", term.IsMet);
        });
    }
}
