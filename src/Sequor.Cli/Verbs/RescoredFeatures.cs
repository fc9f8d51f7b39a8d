using System.Globalization;
using System.Text.Json;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;

namespace Sequor.Cli.Verbs;

/// <summary>What rescoring says about an output: numbers with names.</summary>
/// <param name="translator">Who scores.</param>
/// <param name="lexicon">The lexical table; null for none.</param>
internal sealed class RescoredFeatures(Translator translator, LexicalTable? lexicon)
{
    private readonly LexicalScore? _lexicon = lexicon is null ? null : new LexicalScore(lexicon);

    /// <summary>The features of an output, in the order in which they are written.</summary>
    /// <param name="text">The output.</param>
    public IReadOnlyList<(string Name, double Value)> Of(ScoredText text)
    {
        List<(string, double)> features = [("model", text.ModelLogProbability), ("length", text.Pieces.Count + 1), ("normalized", text.Score)];
        features.AddRange(text.LanguageModelLogProbabilities.Select(value => ("lm", value)));
        if (_lexicon is not null)
            features.Add(("lexicon", Lexicon(_lexicon, text)));
        return features;
    }

    /// <summary>As Moses writes them: <c>name= value</c>.</summary>
    /// <param name="features">The features.</param>
    public static string ToText(IReadOnlyList<(string Name, double Value)> features) =>
        string.Join(' ', features.Select(one => $"{one.Name}= {Number(one.Value)}"));

    /// <summary>One line for a pair: log p, the normalised score, then language model and lexicon.</summary>
    /// <param name="text">The output.</param>
    public string ToColumns(ScoredText text) => string.Join(
        '\t', (string[])[Number(text.LogProbability), Number(text.Score), .. Of(text).Where(one => one.Name is "lm" or "lexicon").Select(one => Number(one.Value))]);

    /// <summary>One JSON object for an output, with log p of each piece, numbers unrounded.</summary>
    /// <param name="text">The output.</param>
    /// <param name="index">The source line, from 0.</param>
    public string ToJson(ScoredText text, long index) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("source", text.Source);
        writer.WriteString("text", text.Target);
        writer.WriteNumber("score", text.Score);
        writer.WriteNumber("log_prob", text.LogProbability);
        foreach ((string name, double value) in Of(text).Where(one => one.Name != "normalized"))
            writer.WriteNumber(name, value);
        writer.WriteStartArray("tokens");
        foreach (string piece in text.Pieces)
            writer.WriteStringValue(piece);
        writer.WriteEndArray();
        WriteNumbers(writer, "token_log_probs", text.Scores.TokenLogProbabilities.AsSpan()[..^1]);
        writer.WriteNumber("end_log_prob", text.Scores.TokenLogProbabilities[^1]);
        foreach (float[] scores in text.Scores.OfLanguageModels)
            WriteNumbers(writer, "lm_token_log_probs", scores.AsSpan()[..^1]);
        writer.WriteEndObject();
    });

    /// <summary>Reads weights such as <c>model=1,lm=0.3</c>.</summary>
    /// <param name="text">What was given.</param>
    /// <exception cref="UsageException">It is something else.</exception>
    public static IReadOnlyList<(string Name, double Weight)> Weights(string text)
    {
        List<(string, double)> weights = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2 || sides[0].Length == 0 || !double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) || !double.IsFinite(weight))
                throw new UsageException($"--weights is '{text}', but must be names and numbers parted by commas, such as model=1,lm=0.3,length=0.2.");
            weights.Add((sides[0], weight));
        }

        return weights;
    }

    private static string Number(double value) => value.ToString("F6", CultureInfo.InvariantCulture);

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<float> numbers)
    {
        writer.WriteStartArray(name);
        foreach (float number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private double Lexicon(LexicalScore score, ScoredText text) => lexicon!.IsOfPieces
        ? score.Model1(translator.SourceTokenizer.Encode(text.Source), translator.TargetTokenizer.Encode(text.Target))
        : score.Model1(text.Source, text.Target);
}
