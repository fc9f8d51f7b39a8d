using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class ResamplingTests
{
    // 200 sentences of one word, right with probability 0.7: the standard deviation of the percentage is 100 * sqrt(0.7 * 0.3 / 200) = 3.24, and 95 % lie
    // within 1.96 of those: 6.35.
    [Fact]
    public void The_interval_has_the_width_that_theory_gives()
    {
        string[] hypotheses = [.. Enumerable.Range(0, 200).Select(i => i % 10 < 7 ? "a" : "b")];
        string[] references = [.. Enumerable.Repeat("a", 200)];
        CorpusStatistics statistics = CorpusStatistics.Collect(new Accuracy(), hypotheses, [references]);

        MetricResult result = Bootstrap.Describe(statistics);

        Assert.Equal(70, result.Score);
        Close(70, result.Confidence!.Mean, 0.4);
        Close(6.35, result.Confidence.HalfWidth, 0.6);
        Close(result.Confidence.HalfWidth, (result.Confidence.High - result.Confidence.Low) / 2, 1e-12);
        Assert.Contains("nrefs:1|bs:1000|seed:12345|case:mixed", result.Signature, StringComparison.Ordinal);
    }

    // One score in forty is cut off at either end: of the scores 1 to 1000, 25 on each side, so 26 and 975 remain.
    [Fact]
    public void The_interval_cuts_one_score_in_forty_from_either_end()
    {
        double[] scores = [.. Enumerable.Range(1, 1000).Reverse().Select(score => (double)score)];

        Assert.Equal(new ConfidenceInterval(500.5, 474.5, 26, 975), Bootstrap.Interval(scores));
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_does_not()
    {
        CorpusStatistics statistics = CorpusStatistics.Collect(new ChrF(), DogHypotheses, DogReferences);

        Assert.Equal(Bootstrap.Describe(statistics).Confidence, Bootstrap.Describe(statistics).Confidence);
        Assert.NotEqual(Bootstrap.Describe(statistics).Confidence, Bootstrap.Describe(statistics, new BootstrapOptions { Seed = 1 }).Confidence);
    }

    [Fact]
    public void Draws_are_even_and_stay_below_their_limit()
    {
        var random = new ResamplingRandom(12345);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[random.Below(10)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_700, 10_300));
    }

    // Systems that agree on all but 30 of 300 sentences, of which the better one wins 24: that fair coins part further
    // has a probability of 0.0003 (binomial, two-sided), and as far of 0.0014.
    [Theory]
    [InlineData(ResamplingKind.ApproximateRandomization, 0.0001, 0.004)]
    [InlineData(ResamplingKind.Bootstrap, 0.0009, 0.004)]
    public void A_real_difference_is_significant(ResamplingKind kind, double least, double most) =>
        Assert.InRange(PValue(kind, wins: 24, losses: 6), least, most);

    // 17 against 13: that fair coins part further than 17 to 13 has a probability of 0.362 (binomial, two-sided).
    [Theory]
    [InlineData(ResamplingKind.ApproximateRandomization, 0.34, 0.38)]
    [InlineData(ResamplingKind.Bootstrap, 0.15, 0.65)]
    public void Chance_is_not_significant(ResamplingKind kind, double least, double most) =>
        Assert.InRange(PValue(kind, wins: 17, losses: 13), least, most);

    [Theory]
    [InlineData(ResamplingKind.ApproximateRandomization)]
    [InlineData(ResamplingKind.Bootstrap)]
    public void A_system_does_not_differ_from_itself(ResamplingKind kind) => Assert.Equal(1, PValue(kind, wins: 0, losses: 0));

    // (c + 1) / (n + 1) with c = 0: no swap of lines can part the scores further than all right against all wrong.
    [Fact]
    public void The_smallest_p_value_is_one_over_the_trials_plus_one()
    {
        string[] right = [.. Enumerable.Repeat("a", 40)];
        string[] wrong = [.. Enumerable.Repeat("b", 40)];

        PairedTestResult result = MetricSet.Parse("accuracy").Compare(wrong, right, [right]).Single();

        Assert.Equal(1.0 / 10_001, result.PValue);
        Assert.Equal((0.0, 100.0), (result.Baseline.Score, result.System.Score));
        Assert.Contains("nrefs:1|ar:10000|seed:12345|", result.System.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paired_bootstrap_gives_both_intervals()
    {
        PairedTestResult result = MetricSet.Parse("chrf")
            .Compare(DogHypotheses, DogReferences1, [DogReferences2], new PairedTestOptions { Kind = ResamplingKind.Bootstrap }).Single();

        Assert.NotNull(result.Baseline.Confidence);
        Assert.NotNull(result.System.Confidence);
        Assert.Contains("|bs:1000|seed:12345|", result.Baseline.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_that_do_not_belong_together_are_refused()
    {
        CorpusStatistics bleu = CorpusStatistics.Collect(new Bleu(), DogHypotheses, DogReferences);
        CorpusStatistics other = CorpusStatistics.Collect(new Bleu(new BleuOptions { Lowercase = true }), DogHypotheses[..2], [DogReferences1[..2]]);

        ArgumentException fault = Assert.Throws<ArgumentException>(() => PairedTest.Run(bleu, other));

        Assert.Contains("Use one metric for both", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the baseline has 3 sentences, the system 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_samples_are_refused()
    {
        Assert.Single(new BootstrapOptions { Samples = 1 }.Validate());
        Assert.Single(new PairedTestOptions { Trials = 1 }.Validate());
    }

    private static double PValue(ResamplingKind kind, int wins, int losses)
    {
        string[] references = [.. Enumerable.Repeat("a", 300)];
        string[] system = [.. Enumerable.Range(0, 300).Select(i => i < losses ? "b" : "a")];
        string[] baseline = [.. Enumerable.Range(0, 300).Select(i => i >= 300 - wins ? "b" : "a")];
        return MetricSet.Parse("accuracy").Compare(baseline, system, [references], new PairedTestOptions { Kind = kind }).Single().PValue;
    }
}
