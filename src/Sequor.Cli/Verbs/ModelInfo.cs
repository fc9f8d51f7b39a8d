using System.Globalization;
using System.Text;
using System.Text.Json;
using Sequor.Checkpoints;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>What can be said of a model without running it.</summary>
/// <param name="model">The model.</param>
internal sealed class ModelInfo(ModelDirectory model)
{
    private const int LabelColumns = 17;

    private readonly long _parameters = PackedTensors.CountOf(model.Weights);
    private readonly string _weightType = WeightTypes.NameOf(PackedTensors.TypeOf(model.Weights));
    private readonly string _runsOn = RunsOn(PackedTensors.TypeOf(model.Weights));
    private readonly string[] _storage = [.. model.Weights.Sources.Select(tensor => tensor.Type.ToString()).Distinct()];
    private readonly int[] _vocabularySizes = [.. model.VocabularyPaths.Select(path => Tokenizer.Load(path).Vocabulary.Size)];

    /// <summary>For people: a line for each fact.</summary>
    public string ToText()
    {
        ModelConfiguration shape = model.Configuration.Model;
        VocabularyConfiguration vocabulary = model.Configuration.Vocabulary;
        StringBuilder text = new();
        Line(text, "name", model.Configuration.Name);
        Line(text, "description", model.Card?.Description);
        Line(text, "task", model.Configuration.Data.IsLanguageModel ? "language model" : null);
        Line(text, "languages", Languages());
        Line(text, "licence", model.Card?.License);
        Line(text, "parameters", Invariant($"{_parameters:N0} ({string.Join(", ", _storage)})"));
        Line(text, "weights", Invariant($"{_weightType}, {new FileInfo(Path.Combine(model.Path, ModelDirectory.WeightsFile)).Length / 1e6:N1} MB"));
        Line(text, "runs on", _runsOn);
        Line(text, "model", shape.InWords());
        Line(text, "vocabulary", Invariant(
            $"{Name(vocabulary.Kind)}, {string.Join(" + ", _vocabularySizes.Select(size => Invariant($"{size:N0}")))} pieces{(vocabulary.Joint ? ", joint" : "")}"));
        Line(text, "weights_sha256", model.WeightsSha256);
        Line(text, "format_version", Invariant($"{model.Configuration.FormatVersion}"));
        foreach (CardCorpus corpus in model.Card?.TrainingData ?? [])
            Line(text, "training data", corpus.Name + (corpus.Pairs is { } pairs ? Invariant($", {pairs:N0} pairs") : "") + $", licence: {corpus.License}");
        foreach (CardMetric metric in model.Card?.Metrics ?? [])
            Line(text, "score", Invariant($"{metric.Name} {metric.Score:F1} on {metric.TestSet}"));
        return text.ToString();
    }

    /// <summary>For programs: one object on one line.</summary>
    public string ToJson() => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", model.Configuration.Name);
        writer.WriteBoolean("language_model", model.Configuration.Data.IsLanguageModel);
        writer.WriteNumber("parameters", _parameters);
        writer.WriteString("weights_sha256", model.WeightsSha256);
        writer.WriteNumber("format_version", model.Configuration.FormatVersion);
        writer.WriteString("weight_type", _weightType);
        writer.WriteString("runs_on", _runsOn);
        writer.WriteStartArray("storage");
        foreach (string type in _storage)
            writer.WriteStringValue(type);
        writer.WriteEndArray();
        WriteShape(writer);
        writer.WritePropertyName("card");
        if (model.Card is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            using JsonDocument card = JsonDocument.Parse(model.Card.ToJson());
            card.WriteTo(writer);
        }

        writer.WriteEndObject();
    }) + "\n";

    private void WriteShape(Utf8JsonWriter writer)
    {
        ModelConfiguration shape = model.Configuration.Model;
        writer.WriteStartObject("model");
        if (shape.Kind == Configuration.ModelChoice.Recurrent)
            WriteRecurrent(writer, shape.Recurrent);
        else
            WriteTransformer(writer, shape);
        writer.WriteEndObject();
        writer.WriteStartObject("vocabulary");
        writer.WriteString("kind", Name(model.Configuration.Vocabulary.Kind));
        writer.WriteBoolean("joint", model.Configuration.Vocabulary.Joint);
        writer.WriteNumber("source_size", _vocabularySizes[0]);
        writer.WriteNumber("target_size", _vocabularySizes[^1]);
        writer.WriteEndObject();
    }

    private static void WriteTransformer(Utf8JsonWriter writer, ModelConfiguration shape)
    {
        writer.WriteString("kind", "transformer");
        writer.WriteNumber("encoder_layers", shape.EncoderLayers);
        writer.WriteNumber("decoder_layers", shape.DecoderLayers);
        writer.WriteNumber("width", shape.Width);
        writer.WriteNumber("feed_forward_width", shape.FeedForwardWidth);
        writer.WriteNumber("heads", shape.Heads);
    }

    private static void WriteRecurrent(Utf8JsonWriter writer, RecurrentConfiguration shape)
    {
        writer.WriteString("kind", "recurrent");
        writer.WriteString("encoder", Name(shape.Encoder.Kind));
        writer.WriteNumber("encoder_layers", shape.Encoder.Kind == EncoderChoice.Mean ? 0 : shape.Encoder.Stack.Layers);
        writer.WriteNumber("decoder_layers", shape.Decoder.Layers);
        writer.WriteNumber("width", shape.Decoder.Width);
        writer.WriteNumber("embedding_width", shape.EmbeddingWidth);
        writer.WriteString("cell", Name(shape.Decoder.Cell));
        writer.WriteString("attention", Name(shape.Attention.Kind));
    }

    private string? Languages()
    {
        string? source = model.Card?.SourceLanguage ?? model.Configuration.Data.SourceLanguage;
        string? target = model.Card?.TargetLanguage ?? model.Configuration.Data.TargetLanguage;
        if (model.Configuration.Data.IsLanguageModel)
            return target;
        return source is null && target is null ? null : $"{source ?? "?"} → {target ?? "?"}";
    }

    private static void Line(StringBuilder text, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(label.PadRight(LabelColumns)).Append(value).Append('\n');
    }

    /// <summary>A choice as configurations write it: <c>gru_reset_before</c>.</summary>
    private static string Name<T>(T choice)
        where T : struct, Enum =>
        string.Concat(choice.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string RunsOn(WeightType type) => WeightTypes.IsInteger(type)
        ? $"{Device.Default.Description}, {WeightTypes.NameOf(type)} by {Device.Default.ProductInstructions(type)}"
        : Device.Default.Description;
}
