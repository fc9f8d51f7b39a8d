namespace Sequor.Scoring;

/// <summary>
/// A metric whose corpus score is a function of summed per-sentence statistics. That one property gives it corpus scores,
/// sentence scores, confidence intervals and significance tests: all of them add up rows and score the sum.
/// Implementations are immutable; any thread may use them.
/// </summary>
public interface ICorpusMetric
{
    /// <summary>The metric's name in options and JSON: <c>bleu</c>, <c>chrf++</c>, <c>ter</c>.</summary>
    string Key { get; }

    /// <summary>True where 100 is best (BLEU), false where 0 is best (TER).</summary>
    bool HigherIsBetter { get; }

    /// <summary>How many numbers describe one sentence, 1 or more.</summary>
    int StatisticsSize { get; }

    /// <summary>Measures one sentence.</summary>
    /// <param name="hypothesis">The system's line; may be empty.</param>
    /// <param name="references">The correct lines, at least one; a line may be empty.</param>
    /// <param name="statistics">Receives <see cref="StatisticsSize"/> numbers; what was there is overwritten.</param>
    /// <exception cref="FormatException">The metric needs lines of a certain form, and one is not; no capital and no full stop, as part of a sentence.</exception>
    void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics);

    /// <summary>Turns summed statistics into the score.</summary>
    /// <param name="sums"><see cref="StatisticsSize"/> sums over the sentences of a corpus, or the statistics of one sentence.</param>
    /// <returns>The score on sacreBLEU's scale, 0 to 100 (error rates may exceed 100).</returns>
    double Score(ReadOnlySpan<double> sums);

    /// <summary>Scores one sentence against each of several others alone.</summary>
    /// <param name="hypothesis">The line.</param>
    /// <param name="references">The lines that it is compared with.</param>
    /// <param name="scores">Receives a score for each of them.</param>
    void ScoreAgainstEach(string hypothesis, IReadOnlyList<string> references, Span<double> scores)
    {
        Span<double> statistics = stackalloc double[StatisticsSize];
        for (var i = 0; i < references.Count; i++)
        {
            Measure(hypothesis, [references[i]], statistics);
            scores[i] = Score(statistics);
        }
    }

    /// <summary>Turns summed statistics into the score with its details and signature.</summary>
    /// <param name="sums"><see cref="StatisticsSize"/> sums over the sentences of a corpus, or the statistics of one sentence.</param>
    /// <param name="context">What the signature says besides the metric's own settings.</param>
    /// <returns>The result; its score equals <see cref="Score"/>.</returns>
    MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context);
}
