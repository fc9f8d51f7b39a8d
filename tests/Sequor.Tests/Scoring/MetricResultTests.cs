using System.Text;
using System.Text.Json;
using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class MetricResultTests
{
    [Fact]
    public void Json_holds_unrounded_numbers_under_the_metrics_keys()
    {
        MetricResult[] results =
        [
            new Bleu().ScoreCorpus(DogHypotheses, DogReferences),
            new ChrF().ScoreCorpus(DogHypotheses, DogReferences) with { Confidence = new ConfidenceInterval(59.5, 1.25, 58.25, 60.75) },
        ];
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            MetricResult.WriteJson(writer, results);

        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        JsonElement bleu = document.RootElement.GetProperty("bleu");
        Assert.Equal(results[0].Score, bleu.GetProperty("score").GetDouble());
        Assert.Equal(results[0].Signature, bleu.GetProperty("signature").GetString());
        Assert.Equal(4, bleu.GetProperty("precisions").GetArrayLength());
        Assert.Equal(17, bleu.GetProperty("hyp_len").GetInt64());
        Assert.InRange(bleu.GetProperty("bp").GetDouble(), 0.9428, 0.9429);
        JsonElement chrf = document.RootElement.GetProperty("chrf");
        Assert.Equal(1.25, chrf.GetProperty("confidence").GetProperty("half_width").GetDouble());
        Assert.False(bleu.TryGetProperty("confidence", out _));
    }

    // The form: sacreBLEU's README, "Confidence Intervals for Single System Evaluation".
    [Fact]
    public void The_line_shows_the_confidence_interval_after_the_score()
    {
        var result = new MetricResult
        {
            Key = "chrf",
            Name = "chrF2",
            Score = 51.953,
            Signature = "nrefs:1|version:x",
            Confidence = new ConfidenceInterval(51.953, 0.462, 51.5, 52.4),
        };

        Assert.Equal("chrF2|nrefs:1|version:x = 51.953 (μ = 51.953 ± 0.462)", result.ToLine(decimals: 3));
    }

    // Python: f"{6.25:.1f}" is 6.2, f"{6.35:.1f}" is 6.3 (the double lies below), f"{0.5:.0f}" is 0, f"{2.675:.2f}" is 2.67.
    [Theory]
    [InlineData(6.25, 1, "6.2")]
    [InlineData(6.75, 1, "6.8")]
    [InlineData(6.35, 1, "6.3")]
    [InlineData(0.5, 0, "0")]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(100.00000000000004, 2, "100.00")]
    [InlineData(37.5, 1, "37.5")]
    public void Numbers_are_rounded_as_python_rounds_them(double value, int decimals, string expected) =>
        Assert.Equal(expected, PrintedNumber.Fixed(value, decimals));
}
