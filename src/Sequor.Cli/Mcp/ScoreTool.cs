using System.Text.Json;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Extensions.Translation;

namespace Sequor.Cli.Mcp;

/// <summary>Says how likely a model finds a translation.</summary>
/// <param name="models">The models.</param>
internal sealed class ScoreTool(ModelRegistry models) : ModelTool(models)
{
    /// <inheritdoc/>
    public override string Name => "score";

    /// <inheritdoc/>
    protected override string Title => "Score a translation";

    /// <inheritdoc/>
    protected override string Meaning =>
        "Says how likely a model finds a given translation of a sentence: to compare translations, or to find the words that it doubts. Greater is better; compare scores of the same "
        + "source and model only.";

    /// <inheritdoc/>
    protected override string InputSchema => $$"""
        {
          "type": "object",
          "properties": {
            "source": {"type": "string", "description": "A sentence."},
            "translation": {"type": "string", "description": "Its translation."},
            {{ChoiceSchema("the sentence", "The language of the translation")}}
          },
          "required": ["source", "translation"],
          "additionalProperties": false
        }
        """;

    /// <inheritdoc/>
    protected override string OutputSchema => """
        {
          "type": "object",
          "properties": {
            "score": {"type": "number", "description": "log p, normalised by the length as the model's search says."},
            "log_probability": {"type": "number", "description": "log p of the whole translation, in nats."},
            "model": {"type": "string"},
            "tokens": {
              "type": "array", "description": "The pieces of the translation with log p of each.",
              "items": {"type": "object", "properties": {"piece": {"type": "string"}, "log_probability": {"type": "number"}}, "required": ["piece", "log_probability"]}
            },
            "end_log_probability": {"type": "number", "description": "log p that the translation ends there; with those of the pieces it makes log p of the whole."}
          },
          "required": ["score", "log_probability", "model", "tokens", "end_log_probability"]
        }
        """;

    /// <inheritdoc/>
    public override async Task<JsonElement> CallAsync(ToolArguments arguments, CancellationToken cancellation)
    {
        (string source, string translation) = (arguments.RequiredText("source"), arguments.RequiredText("translation"));
        using ModelLease lease = await Models.AcquireAsync(ChosenModel.For(Models, [source], ChoiceOf(arguments)).Id, cancellation).ConfigureAwait(false);
        ScoredText scored = (await lease.Translator.ScoreAsync([source], [translation], cancellation: cancellation).ConfigureAwait(false))[0];
        return JsonAnswer.Of(writer =>
        {
            writer.WriteNumber("score", scored.Score);
            writer.WriteNumber("log_probability", scored.LogProbability);
            writer.WriteString("model", lease.Id);
            writer.WriteArray("tokens", scored.Pieces.Zip(scored.Scores.OfModels, (piece, score) => (Piece: piece, Score: score)), token =>
            {
                writer.WriteString("piece", token.Piece);
                writer.WriteNumber("log_probability", token.Score);
            });
            writer.WriteNumber("end_log_probability", scored.Scores.OfModels[^1]);
        });
    }
}
