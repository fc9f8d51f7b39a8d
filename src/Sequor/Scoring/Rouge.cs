namespace Sequor.Scoring;

/// <summary>
/// ROUGE (Lin 2004) as Google's rouge-score defines it: the mean over the sentences of the F-score of an overlap, in percent. Words are the runs of
/// <c>a</c> to <c>z</c> and digits of the lower-cased text, so that it says nothing about other scripts.
/// </summary>
public sealed class Rouge : ICorpusMetric
{
    private readonly RougeKind _kind;
    private readonly RougeOptions _options;

    /// <summary>Makes the metric <c>rouge1</c>, <c>rouge2</c>, <c>rougeL</c> or <c>rougeLsum</c>.</summary>
    /// <param name="kind">The overlap that is counted.</param>
    /// <param name="options">The settings; null takes the defaults.</param>
    public Rouge(RougeKind kind, RougeOptions? options = null)
    {
        _kind = kind;
        _options = options ?? new RougeOptions();
    }

    /// <inheritdoc/>
    public string Key => _kind switch
    {
        RougeKind.Rouge1 => "rouge1",
        RougeKind.Rouge2 => "rouge2",
        RougeKind.RougeL => "rougeL",
        _ => "rougeLsum",
    };

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>F-score, precision, recall, sentences.</summary>
    public int StatisticsSize => 4;

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        statistics.Clear();
        statistics[3] = 1;
        RougeOverlap best = default;
        foreach (string reference in references)
        {
            RougeOverlap overlap = Overlap(hypothesis, reference);
            if (overlap.FScore > best.FScore)
                best = overlap;
            if (_options.References == RougeReferences.Mean)
                Add(overlap, 1.0 / references.Count, statistics);
        }

        if (_options.References == RougeReferences.Best)
            Add(best, 1, statistics);
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => 100 * (sums[0] / sums[3]);

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is a <see cref="RougeResult"/>.</summary>
    /// <param name="sums">[4]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    /// <returns>A <see cref="RougeResult"/>.</returns>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new RougeResult
    {
        Key = Key,
        Name = "ROUGE-" + Key["rouge".Length..],
        Score = Score(sums),
        Signature = MetricSignature.Build(
            context,
            ("case", "lc"),
            ("tok", "a-z0-9"),
            ("stem", _options.Stem ? "porter" : "no"),
            ("multi", _options.References == RougeReferences.Best ? "best" : "mean")),
        Precision = 100 * (sums[1] / sums[3]),
        Recall = 100 * (sums[2] / sums[3]),
    };

    private static void Add(RougeOverlap overlap, double weight, Span<double> statistics)
    {
        statistics[0] += weight * overlap.FScore;
        statistics[1] += weight * overlap.Precision;
        statistics[2] += weight * overlap.Recall;
    }

    private RougeOverlap Overlap(string hypothesis, string reference)
    {
        var words = new WordNumbers();
        return _kind switch
        {
            RougeKind.Rouge1 => RougeOverlap.OfNgrams(Words(hypothesis, words), Words(reference, words), order: 1),
            RougeKind.Rouge2 => RougeOverlap.OfNgrams(Words(hypothesis, words), Words(reference, words), order: 2),
            RougeKind.RougeL => RougeOverlap.OfSubsequence(Words(hypothesis, words), Words(reference, words)),
            _ => RougeOverlap.OfSentences(Sentences(hypothesis, words), Sentences(reference, words)),
        };
    }

    private List<int[]> Sentences(string text, WordNumbers words) => [.. text.Split('\n').Select(sentence => Words(sentence, words))];

    private int[] Words(string text, WordNumbers words)
    {
        var found = new List<string>();
        string lower = LowerCase.Of(text);
        var start = 0;
        for (var end = 0; end <= lower.Length; end++)
        {
            if (end < lower.Length && lower[end] is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                continue;
            if (end > start)
                found.Add(_options.Stem && end - start > 3 ? PorterStemmer.Stem(lower[start..end]) : lower[start..end]);
            start = end + 1;
        }

        return words.Of(found);
    }
}
