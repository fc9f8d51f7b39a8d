using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sequor.Scoring;

namespace Sequor.Tests.Scoring;

/// <summary>Scores of our sample lines equal those of tools/golden/metrics.py, a second implementation (tools/golden/metrics-golden.sh).</summary>
public class ScoringGoldenTests
{
    private const double _tolerance = 1e-9;

    [Theory]
    [InlineData("corpus-one.json", 1)]
    [InlineData("corpus-two.json", 2)]
    public void Corpus_scores_equal_the_second_implementation(string golden, int referenceCount)
    {
        string[][] references = [Lines("reference1.txt"), Lines("reference2.txt")];
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(PathOf(golden)));

        Same(expected.RootElement, Lines("hypotheses.txt"), references[..referenceCount], "corpus");
    }

    [Fact]
    public void Line_scores_equal_the_second_implementation()
    {
        string[] hypotheses = Lines("hypotheses.txt");
        string[] first = Lines("reference1.txt");
        string[] second = Lines("reference2.txt");
        string[] golden = Lines("lines.jsonl");
        Assert.Equal(20, golden.Length);
        for (var line = 0; line < golden.Length; line++)
        {
            using JsonDocument expected = JsonDocument.Parse(golden[line]);
            Same(expected.RootElement, [hypotheses[line]], [[first[line]], [second[line]]], $"line {line + 1}");
        }
    }

    private static void Same(JsonElement expected, string[] hypotheses, string[][] references, string where)
    {
        Assert.Equal(44, expected.EnumerateObject().Count());
        foreach (JsonProperty score in expected.EnumerateObject())
        {
            double actual = Metric(score.Name).ScoreCorpus(hypotheses, references).Score;
            Assert.True(
                Math.Abs(score.Value.GetDouble() - actual) <= _tolerance,
                $"{where}, {score.Name}: expected {score.Value.GetDouble()}, was {actual}");
        }
    }

    // Names are those of metrics.py: "bleu intl lc", "bleu floor 0.5", "chrf 2 eff space", "ter norm cased", "rougeL stem".
    private static ICorpusMetric Metric(string name)
    {
        string[] words = name.Split(' ');
        return words switch
        {
            ["bleu", "sentence"] => new Bleu(new BleuOptions { EffectiveOrder = true }),
            ["bleu", string tokenizer, string sentenceCase] when BleuTokenizers.Names.Contains(tokenizer) && sentenceCase is "lc" or "mixed" =>
                new Bleu(new BleuOptions { Tokenizer = BleuTokenizers.Parse(tokenizer), Lowercase = sentenceCase == "lc" }),
            ["bleu", string smoothing, string value] => new Bleu(new BleuOptions
            {
                Smoothing = BleuOptions.ParseSmoothing(smoothing),
                SmoothingValue = value == "None" ? null : double.Parse(value, CultureInfo.InvariantCulture),
                EffectiveOrder = true,
            }),
            ["chrf", "lc"] => new ChrF(new ChrFOptions { Lowercase = true }),
            ["chrf", string wordOrder, string smoothing, string space] => new ChrF(new ChrFOptions
            {
                WordOrder = int.Parse(wordOrder, CultureInfo.InvariantCulture),
                EpsilonSmoothing = smoothing == "eps",
                Whitespace = space == "space",
            }),
            ["ter", ..] => new Ter(new TerOptions
            {
                Normalized = words.Contains("norm"),
                NoPunctuation = words.Contains("nopunct"),
                AsianSupport = words.Contains("asian"),
                CaseSensitive = words.Contains("cased"),
            }),
            ["meteor"] => new Meteor(),
            [string rouge, "stem"] => new Rouge(Enum.Parse<RougeKind>(rouge, ignoreCase: true), new RougeOptions { Stem = true }),
            _ => MetricSet.Parse(name).Metrics.Single(),
        };
    }

    private static string[] Lines(string name) => File.ReadAllText(PathOf(name)).TrimEnd('\n').Split('\n');

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "golden", name);
}
