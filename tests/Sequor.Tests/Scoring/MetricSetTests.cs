using System.Text;
using System.Text.Json;
using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class MetricSetTests
{
    [Fact]
    public void Results_come_in_the_order_asked_for_each_name_once() => Assert.Equal(
        ["ter", "bleu", "chrf++", "rougeL"],
        MetricSet.Parse(" ter, BLEU,chrf++,bleu, rougel").Score(DogHypotheses, DogReferences).Select(result => result.Key));

    [Fact]
    public void Every_known_name_scores_the_perfect_and_says_its_key()
    {
        // aer scores alignments and no text.
        string[] keys = [.. MetricSet.KnownKeys.Where(key => key != "aer")];
        MetricSet all = MetricSet.Parse(string.Join(',', keys));

        IReadOnlyList<MetricResult> results = all.Score(DogReferences1, [DogReferences1]);

        Assert.Equal(keys, results.Select(result => result.Key));
        Assert.Equal(16, results.Count);

        // METEOR counts even a perfect line as one chunk, and so never quite reaches 100.
        Assert.All(all.Metrics.Zip(results), pair =>
            Close(pair.First.HigherIsBetter ? 100 : 0, pair.Second.Score, pair.First.Key == "meteor" ? 1 : 1e-9));
    }

    [Fact]
    public void Unknown_names_are_all_reported_with_the_nearest_known_one()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => MetricSet.Parse("blue,chrf,rouge3"));

        Assert.Contains("'blue': did you mean 'bleu'?", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'rouge3': did you mean 'rouge1'?", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Known are bleu, bleu1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_at_all_is_refused() =>
        Assert.Contains("No metric is named", Assert.Throws<ArgumentException>(() => MetricSet.Parse(" , ")).Message, StringComparison.Ordinal);

    [Fact]
    public void Tokenizer_and_case_reach_every_metric_that_has_them()
    {
        MetricOptions options = MetricOptions.For(BleuTokenizer.International, lowercase: true);

        string[] signatures = [.. MetricSet.Parse("bleu,bleu2,chrf,wer,accuracy", options).Score(["A"], [["a"]]).Select(result => result.Signature)];

        Assert.All(signatures, signature => Assert.Contains("case:lc", signature, StringComparison.Ordinal));
        Assert.Contains("tok:intl", signatures[0], StringComparison.Ordinal);
        Assert.Contains("tok:intl", signatures[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Confidence_intervals_come_where_asked_for()
    {
        IReadOnlyList<MetricResult> results = MetricSet.Parse("bleu,ter").Score(DogHypotheses, DogReferences, new BootstrapOptions { Samples = 50 });

        Assert.All(results, result => Assert.NotNull(result.Confidence));
        Assert.StartsWith("BLEU|nrefs:2|bs:50|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|", results[0].ToLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_of_every_metric_holds_its_score_and_signature()
    {
        IReadOnlyList<MetricResult> results = MetricSet.Parse(string.Join(',', MetricSet.KnownKeys.Where(key => key != "aer"))).Score(DogHypotheses, DogReferences);
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            MetricResult.WriteJson(writer, results);

        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        foreach (MetricResult result in results)
        {
            JsonElement written = document.RootElement.GetProperty(result.Key);
            Assert.Equal(result.Score, written.GetProperty("score").GetDouble());
            Assert.Equal(result.Signature, written.GetProperty("signature").GetString());
        }

        Assert.Equal(3, document.RootElement.GetProperty("wer").EnumerateObject().Count(property => property.Name is "substitutions" or "insertions" or "deletions"));
        Assert.True(document.RootElement.GetProperty("accuracy").TryGetProperty("token_accuracy", out _));
        Assert.True(document.RootElement.GetProperty("ter").TryGetProperty("edits", out _));
    }
}
