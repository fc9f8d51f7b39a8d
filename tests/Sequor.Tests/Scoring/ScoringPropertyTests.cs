using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

/// <summary>What holds for every metric on made-up corpora.</summary>
public class ScoringPropertyTests
{
    private static readonly string[] _words = ["the", "a", "Dog", "dog.", "sat", "on", "mat,", "3.5", "über", "世界", "and", "😀"];

    private static readonly ICorpusMetric[] _metrics = [.. MetricSet.Parse(string.Join(',', MetricSet.KnownKeys.Where(key => key != "aer"))).Metrics];

    [Fact]
    public void The_identical_is_perfect() => Assert.All(_metrics, metric =>
    {
        string[] lines = ["the dog sat on a mat", "on the 3.5 dog sat", "oh yes"];

        // METEOR counts even a perfect line as one chunk: of two words half the words, of n words the n-th part.
        double perfect = metric.Key == "meteor" ? 100 * (3 - (0.5 / 216) - (0.5 / 125) - (0.5 / 8)) / 3 : 100;
        Close(metric.HigherIsBetter ? perfect : 0, metric.ScoreCorpus(lines, [lines]).Score, 1e-9);
    });

    // chrF keeps the first of equally good references, as sacreBLEU does; these corpora hold no such tie.
    [Fact]
    public void The_order_of_references_does_not_matter() => Assert.All(_metrics, metric =>
    {
        string[] hypotheses = Corpus(1);
        string[] first = Corpus(2);
        string[] second = Corpus(3);

        Close(
            metric.ScoreCorpus(hypotheses, [first, second]).Score,
            metric.ScoreCorpus(hypotheses, [second, first]).Score,
            1e-9);
    });

    [Fact]
    public void A_reference_given_twice_counts_once() => Assert.All(_metrics, metric =>
    {
        string[] references = Corpus(2);

        Close(metric.ScoreCorpus(Corpus(1), [references]).Score, metric.ScoreCorpus(Corpus(1), [references, references]).Score, 1e-9);
    });

    [Fact]
    public void A_corpus_of_one_is_its_sentence() => Assert.All(_metrics, metric => Assert.All(Corpus(1).Zip(Corpus(2)), pair =>
    {
        var statistics = new double[metric.StatisticsSize];
        metric.Measure(pair.First, [pair.Second], statistics);

        Assert.Equal(metric.Score(statistics), metric.ScoreCorpus([pair.First], [[pair.Second]]).Score);
        Assert.Equal(metric.Score(statistics), metric.ScoreSentence(pair.First, pair.Second).Score);
    }));

    [Fact]
    public void The_order_of_sentences_does_not_matter() => Assert.All(_metrics, metric => Close(
        metric.ScoreCorpus(Corpus(1), [Corpus(2)]).Score,
        metric.ScoreCorpus([.. Corpus(1).Reverse()], [[.. Corpus(2).Reverse()]]).Score,
        1e-9));

    [Fact]
    public void Scores_stay_within_their_scale() => Assert.All(_metrics, metric => Assert.All(Corpus(1).Zip(Corpus(2)), pair =>
    {
        double score = metric.ScoreSentence(pair.First, pair.Second).Score;
        Assert.True(score >= 0 && (score <= 100 + 1e-9 || !metric.HigherIsBetter) && double.IsFinite(score), $"{metric.Key}: {score}");
    }));

    // A shift never costs more than the deletions and insertions it replaces, nor less than the words that differ as a bag.
    [Fact]
    public void Shifts_only_ever_lower_the_edits() => Assert.All(Corpus(1).Zip(Corpus(2)), pair =>
    {
        var words = new ErrorRate(ErrorUnit.Word, lowercase: true);
        double withShifts = new Ter().ScoreSentence(pair.First, pair.Second).Score;
        Assert.True(withShifts <= words.ScoreSentence(pair.First, pair.Second).Score + 1e-9);
    });

    private static string[] Corpus(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 40).Select(_ =>
                string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => _words[random.Next(_words.Length)]))),
        ];
    }
}
