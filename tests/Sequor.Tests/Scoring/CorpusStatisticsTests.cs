using Sequor.Scoring;

namespace Sequor.Tests.Scoring;

public class CorpusStatisticsTests
{
    [Fact]
    public void Different_line_counts_are_reported_with_every_count()
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(
            () => new Bleu().ScoreCorpus(["a", "b"], [["a"], ["a", "b"], ["a", "b", "c"]]));

        Assert.Contains("hypotheses have 2 lines", fault.Message, StringComparison.Ordinal);
        Assert.Contains("reference 1 has 1 lines, reference 3 has 3 lines", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_corpus_is_refused() =>
        Assert.Contains("empty", Assert.Throws<InvalidDataException>(() => new Bleu().ScoreCorpus([], [[]])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sentence_without_any_reference_is_refused_by_line()
    {
        string?[][] references = [["a", null], ["b", null]];

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => new Bleu().ScoreCorpus(["a", "b"], references));

        Assert.Contains("Line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sum_of_the_rows_gives_the_corpus_score()
    {
        var metric = new ChrF();
        CorpusStatistics statistics = CorpusStatistics.Collect(metric, ["a cat", "the dog"], [["a bat", "the dog"]]);
        var sums = new double[metric.StatisticsSize];
        for (var i = 0; i < sums.Length; i++)
            sums[i] = statistics.Row(0)[i] + statistics.Row(1)[i];

        Assert.Equal(metric.Score(sums), statistics.Describe().Score);
    }
}
