namespace Sequor.Scoring;

/// <summary>Settings of <see cref="PairedTest"/>; the defaults are sacreBLEU's.</summary>
public sealed record PairedTestOptions
{
    /// <summary>The test. Default <see cref="ResamplingKind.ApproximateRandomization"/>, the stricter of the two.</summary>
    public ResamplingKind Kind { get; init; } = ResamplingKind.ApproximateRandomization;

    /// <summary>Resampled corpora, 2 or more; null takes 1000 for the bootstrap and 10,000 for approximate randomisation.</summary>
    public int? Trials { get; init; }

    /// <summary>The seed of the random numbers. Default 12345.</summary>
    public ulong Seed { get; init; } = 12345;

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate() =>
        Trials is null or >= 2 ? [] : [$"Paired test: Trials is {Trials}, but must be 2 or more."];

    internal int EffectiveTrials => Trials ?? (Kind == ResamplingKind.Bootstrap ? 1000 : 10_000);
}

/// <summary>Whether two systems differ by more than chance.</summary>
/// <param name="Baseline">The baseline's score; after a bootstrap with its confidence interval.</param>
/// <param name="System">The other system's score; after a bootstrap with its confidence interval.</param>
/// <param name="PValue">
/// Above 0, at most 1: how probable a difference of this size or more would be if both systems' outputs came from one process. Small, say below 0.05, means that
/// the difference is unlikely to be chance.
/// </param>
public sealed record PairedTestResult(MetricResult Baseline, MetricResult System, double PValue);

/// <summary>
/// Paired significance tests as in sacreBLEU 2: paired bootstrap resampling (Koehn 2004) and paired approximate randomisation (Riezler and Maxwell 2005), two-sided,
/// with the p-value (c + 1) / (trials + 1), where c counts the trials whose statistic exceeds the real difference. Random numbers are our own, so p-values agree with
/// sacreBLEU's to sampling error. Where the real difference is exactly zero the p-value is 1.
/// </summary>
public static class PairedTest
{
    /// <summary>Tests whether a system differs from a baseline on one corpus and metric.</summary>
    /// <param name="baseline">What the metric measured on the baseline's sentences.</param>
    /// <param name="system">What a metric of the same settings measured on the other system's outputs for the same sentences.</param>
    /// <param name="options">The settings; null takes the defaults.</param>
    /// <returns>Both scores and the p-value.</returns>
    /// <exception cref="ArgumentException">The two do not belong together, or a setting is out of range.</exception>
    public static PairedTestResult Run(CorpusStatistics baseline, CorpusStatistics system, PairedTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(system);
        options ??= new PairedTestOptions();
        OptionFaults.ThrowIfAny([.. options.Validate(), .. Differences(baseline, system)], nameof(options));

        var context = new SignatureContext(
            baseline.ReferenceCount, new Resampling(options.Kind, options.EffectiveTrials, options.Seed));
        MetricResult baselineResult = baseline.Metric.Describe(baseline.Sum(), context);
        MetricResult systemResult = system.Metric.Describe(system.Sum(), context);
        double difference = Math.Abs(baselineResult.Score - systemResult.Score);
        if (options.Kind == ResamplingKind.ApproximateRandomization)
            return new(baselineResult, systemResult, PValue(ShuffledDifferences(baseline, system, options), difference));

        double[][] scores = Bootstrap.SampleScores(options.EffectiveTrials, options.Seed, baseline, system);
        return new(
            baselineResult with { Confidence = Bootstrap.Interval(scores[0]) },
            systemResult with { Confidence = Bootstrap.Interval(scores[1]) },
            PValue(CentredDifferences(scores[0], scores[1]), difference));
    }

    private static IEnumerable<string> Differences(CorpusStatistics baseline, CorpusStatistics system)
    {
        string baselineSettings = baseline.Metric.Describe(baseline.Sum(), default).Signature;
        string systemSettings = system.Metric.Describe(system.Sum(), default).Signature;
        if (baseline.Metric.Key != system.Metric.Key || baselineSettings != systemSettings)
        {
            yield return $"Paired test: the baseline was measured with {baseline.Metric.Key} ({baselineSettings}), " +
                $"the system with {system.Metric.Key} ({systemSettings}). Use one metric for both.";
        }

        if (baseline.Sentences != system.Sentences)
        {
            yield return $"Paired test: the baseline has {baseline.Sentences} sentences, the system {system.Sentences}. " +
                "Both must translate the same sentences.";
        }
    }

    // Under the null hypothesis it does not matter which system wrote which line: swap lines at random and see how far the scores part.
    private static double[] ShuffledDifferences(CorpusStatistics baseline, CorpusStatistics system, PairedTestOptions options)
    {
        ICorpusMetric metric = baseline.Metric;
        var random = new ResamplingRandom(options.Seed);
        var first = new double[metric.StatisticsSize];
        var second = new double[metric.StatisticsSize];
        var differences = new double[options.EffectiveTrials];
        for (var trial = 0; trial < differences.Length; trial++)
        {
            first.AsSpan().Clear();
            second.AsSpan().Clear();
            ulong coins = 0;
            for (var sentence = 0; sentence < baseline.Sentences; sentence++)
            {
                coins = sentence % 64 == 0 ? random.Next() : coins >> 1;
                bool swap = (coins & 1) != 0;
                CorpusStatistics.Add(baseline.Row(sentence), swap ? second : first);
                CorpusStatistics.Add(system.Row(sentence), swap ? first : second);
            }

            differences[trial] = Math.Abs(metric.Score(first) - metric.Score(second));
        }

        return differences;
    }

    // The bootstrap shows how differences scatter around the real one; centred, it shows how they would scatter around none.
    private static double[] CentredDifferences(double[] baseline, double[] system)
    {
        double[] differences = [.. baseline.Zip(system, (one, other) => Math.Abs(other - one))];
        double mean = differences.Average();
        return [.. differences.Select(difference => difference - mean)];
    }

    // sacreBLEU counts a system compared with itself as significant, because zero never exceeds zero; no difference is never significant.
    private static double PValue(double[] trials, double difference) =>
        difference == 0 ? 1 : (trials.Count(trial => trial > difference) + 1.0) / (trials.Length + 1);
}
