using System.Xml.Linq;
using Sequor.Scoring;
using Sequor.Training.Reports;
using static Sequor.Tests.Scoring.ScoringSamples;
using MetricResult = Sequor.Scoring.MetricResult;

namespace Sequor.Tests.Scoring;

public class LengthBucketsTests
{
    private static readonly string[] _sources = ["a b c", "a b", "a b c d e", "a", "a b c d"];
    private static readonly string[] _references = ["the cat sat on the mat", "a dog runs here now", "we all go home today", "good morning to you all", "it rains in the north"];
    private static readonly string[] _hypotheses = ["the cat sat on a mat", "a dog runs here now", "we go to the house", "good morning to you all", "it rained in the north"];

    [Fact]
    public void Every_bucket_is_scored_as_a_corpus_of_its_own()
    {
        MetricSet metrics = MetricSet.Parse("bleu,chrf");
        IReadOnlyList<LengthBucket> buckets = LengthBuckets.Score(metrics, _sources, _hypotheses, [_references], [2, 3, 4]);

        Assert.Equal([(0, 2, 2), (3, 3, 1), (4, 4, 1), (5, -1, 1)], buckets.Select(bucket => (bucket.Shortest, bucket.Longest ?? -1, bucket.Sentences)));
        Assert.Equal([1.5, 3, 4, 5], buckets.Select(bucket => bucket.MeanWords));
        int[][] members = [[1, 3], [0], [4], [2]];
        foreach ((LengthBucket bucket, int[] own) in buckets.Zip(members))
        {
            IReadOnlyList<MetricResult> alone = metrics.Score([.. own.Select(i => _hypotheses[i])], [[.. own.Select(i => _references[i])]]);
            Assert.All(alone.Zip(bucket.Scores), pair => Close(pair.First.Score, pair.Second.Score, 1e-12));
        }

        Close(100, buckets[0].Scores[0].Score, 1e-9);
    }

    [Fact]
    public void Lengths_without_sentences_have_no_bucket() => Assert.Equal(
        ["0-10", "11-20", "61+"],
        LengthBuckets.Score(MetricSet.Parse("chrf"), [Words(7), Words(20), Words(61)], ["x", "x", "x"], [["x", "x", "x"]]).Select(LengthCurves.LengthsOf));

    [Fact]
    public void Bounds_that_do_not_rise_and_lines_that_do_not_fit_are_refused()
    {
        MetricSet metrics = MetricSet.Parse("bleu");
        Assert.Contains("given were 3, 3", Assert.Throws<ArgumentException>(() => LengthBuckets.Score(metrics, ["a"], ["a"], [["a"]], [3, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LengthBuckets.Score(metrics, ["a"], ["a"], [["a"]], [0, 3]));
        Assert.Contains("2 sources but 1 hypotheses", Assert.Throws<InvalidDataException>(() => LengthBuckets.Score(metrics, ["a", "b"], ["a"], [["a"]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_stands_alone_and_says_its_numbers()
    {
        MetricSet metrics = MetricSet.Parse("bleu,chrf");
        LengthCurves curves = new(
        [
            ("with attention", LengthBuckets.Score(metrics, _sources, _references, [_references], [2, 3, 4])),
            ("fixed & small", LengthBuckets.Score(metrics, _sources, _hypotheses, [_references], [2, 3, 4])),
        ]);
        using StringWriter text = new();
        curves.WriteSvg(text);
        XElement svg = XDocument.Parse(text.ToString()).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";

        Assert.Equal(ns + "svg", svg.Name);
        Assert.Equal("BLEU by length of the source", svg.Element(ns + "title")!.Value);
        Assert.Contains("with attention: 100.0 for 0-2 words (2 sentences), 100.0 for 3-3 words (1 sentences)", svg.Element(ns + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains(".colour-2 { stroke", svg.Element(ns + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal(8, svg.Elements(ns + "circle").Count());
        Assert.Equal(["with attention", "fixed & small"], svg.Elements(ns + "text").Where(one => one.Attribute("class")!.Value.StartsWith("name", StringComparison.Ordinal)).Select(one => one.Value));
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("w", count));
}
