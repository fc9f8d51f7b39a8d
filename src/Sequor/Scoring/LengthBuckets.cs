namespace Sequor.Scoring;

/// <summary>The scores of the sentences whose sources have a certain length.</summary>
/// <param name="Shortest">Words of the shortest source that belongs here, 0 or more.</param>
/// <param name="Longest">Words of the longest source that belongs here; null where there is no limit.</param>
/// <param name="Sentences">Sentences in it, 1 or more.</param>
/// <param name="MeanWords">Words of their sources on average.</param>
/// <param name="Scores">A score of these sentences for each metric.</param>
public sealed record LengthBucket(int Shortest, int? Longest, int Sentences, double MeanWords, IReadOnlyList<MetricResult> Scores);

/// <summary>Scores by the length of the source: how a system fares where sentences are long (Bahdanau et al. 2015, figure 2).</summary>
public static class LengthBuckets
{
    /// <summary>The longest source of each bucket where nothing else is asked for; a last bucket holds what is longer.</summary>
    public static IReadOnlyList<int> DefaultBounds { get; } = [10, 20, 30, 40, 50, 60];

    /// <summary>Scores each bucket as a corpus of its own.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="sources">The sources, whose words between white space are counted.</param>
    /// <param name="hypotheses">The system's lines, as many as sources.</param>
    /// <param name="references">One or more sets of references, each with as many lines; null stands for a missing reference.</param>
    /// <param name="bounds">Words of the longest source of each bucket, rising from 1 or more; null takes <see cref="DefaultBounds"/>.</param>
    /// <returns>The buckets that hold sentences, the shortest first.</returns>
    /// <exception cref="ArgumentException">The bounds do not rise, or there are none.</exception>
    /// <exception cref="InvalidDataException">The corpus is empty, line counts differ, or a sentence has no reference.</exception>
    public static IReadOnlyList<LengthBucket> Score(
        MetricSet metrics,
        IReadOnlyList<string> sources,
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string?>> references,
        IReadOnlyList<int>? bounds = null)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(hypotheses);
        bounds ??= DefaultBounds;
        if (bounds.Count == 0 || bounds[0] < 1 || bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"The bounds of the buckets must rise from 1 or more, such as 10, 20, 30; given were {string.Join(", ", bounds)}.", nameof(bounds));
        if (sources.Count != hypotheses.Count)
            throw new InvalidDataException($"There are {sources.Count} sources but {hypotheses.Count} hypotheses; there must be one for each, in the same order.");

        CorpusStatistics[] statistics = [.. metrics.Metrics.Select(metric => CorpusStatistics.Collect(metric, hypotheses, references))];
        int[] words = [.. sources.Select(source => Whitespace.Split(source).Count)];
        return
        [
            .. Enumerable.Range(0, words.Length)
                .GroupBy(sentence => bounds.Count(bound => bound < words[sentence]))
                .OrderBy(bucket => bucket.Key)
                .Select(bucket => new LengthBucket(
                    bucket.Key == 0 ? 0 : bounds[bucket.Key - 1] + 1,
                    bucket.Key == bounds.Count ? null : bounds[bucket.Key],
                    bucket.Count(),
                    bucket.Average(sentence => words[sentence]),
                    [.. statistics.Select(one => Describe(one, bucket))])),
        ];
    }

    private static MetricResult Describe(CorpusStatistics statistics, IEnumerable<int> sentences)
    {
        double[] sums = new double[statistics.Metric.StatisticsSize];
        foreach (int sentence in sentences)
            CorpusStatistics.Add(statistics.Row(sentence), sums);
        return statistics.Metric.Describe(sums, new SignatureContext(statistics.ReferenceCount));
    }
}
