namespace Sequor.Scoring;

/// <summary>Scores corpora and sentences with any metric.</summary>
public static class CorpusMetricExtensions
{
    /// <summary>Scores a corpus.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="hypotheses">The system's lines, one or more.</param>
    /// <param name="references">One or more sets of references, each with as many lines; null stands for a missing reference.</param>
    /// <returns>The score with its details and signature.</returns>
    /// <exception cref="InvalidDataException">The corpus is empty, line counts differ, or a sentence has no reference.</exception>
    public static MetricResult ScoreCorpus(
        this ICorpusMetric metric, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string?>> references) =>
        CorpusStatistics.Collect(metric, hypotheses, references).Describe();

    /// <summary>
    /// Scores one sentence as a corpus of one. For BLEU, turn <see cref="BleuOptions.EffectiveOrder"/> on: without it a sentence of
    /// three words scores 0.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="hypothesis">The system's line.</param>
    /// <param name="references">The correct lines, one or more.</param>
    /// <returns>The score with its details and signature.</returns>
    /// <exception cref="InvalidDataException">There is no reference.</exception>
    public static MetricResult ScoreSentence(this ICorpusMetric metric, string hypothesis, params IReadOnlyList<string> references) =>
        metric.ScoreCorpus([hypothesis], [.. references.Select(reference => new[] { reference })]);
}
