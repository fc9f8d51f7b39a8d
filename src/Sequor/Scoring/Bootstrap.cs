namespace Sequor.Scoring;

/// <summary>Settings of <see cref="Bootstrap"/>; the defaults are sacreBLEU's.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Resampled corpora, 2 or more. Default 1000.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>The seed of the random numbers. Default 12345.</summary>
    public ulong Seed { get; init; } = 12345;

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate() =>
        Samples >= 2 ? [] : [$"Bootstrap: Samples is {Samples}, but must be 2 or more."];
}

/// <summary>
/// Bootstrap resampling (Koehn 2004): scores corpora drawn from the sentences of one, with replacement, to learn how far chance moves the score. Samples are
/// reproducible by seed; the random numbers are not those of sacreBLEU's numpy, so intervals agree with it to sampling error, not to the last digit.
/// </summary>
public static class Bootstrap
{
    /// <summary>Scores a corpus with its 95 % confidence interval.</summary>
    /// <param name="statistics">What the metric measured on each sentence.</param>
    /// <param name="options">The settings; null takes the defaults.</param>
    /// <returns>The result with <see cref="MetricResult.Confidence"/> and a signature that names samples and seed.</returns>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static MetricResult Describe(CorpusStatistics statistics, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        options ??= new BootstrapOptions();
        OptionFaults.ThrowIfAny(options.Validate(), nameof(options));

        var resampling = new Resampling(ResamplingKind.Bootstrap, options.Samples, options.Seed);
        MetricResult result = statistics.Metric.Describe(
            statistics.Sum(), new SignatureContext(statistics.ReferenceCount, resampling));
        return result with { Confidence = Interval(SampleScores(options.Samples, options.Seed, statistics)[0]) };
    }

    /// <summary>Scores the same samples of one or more systems on one corpus.</summary>
    /// <returns>[systems][samples]</returns>
    internal static double[][] SampleScores(int samples, ulong seed, params ReadOnlySpan<CorpusStatistics> systems)
    {
        int sentences = systems[0].Sentences;
        var random = new ResamplingRandom(seed);
        var drawn = new int[sentences];
        var scores = new double[systems.Length][];
        for (var system = 0; system < scores.Length; system++)
            scores[system] = new double[samples];

        var sums = new double[systems[0].Metric.StatisticsSize];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = random.Below(sentences);
            for (var system = 0; system < systems.Length; system++)
            {
                sums.AsSpan().Clear();
                foreach (int sentence in drawn)
                    CorpusStatistics.Add(systems[system].Row(sentence), sums);
                scores[system][sample] = systems[system].Metric.Score(sums);
            }
        }

        return scores;
    }

    // 95 %: one score in forty is cut off at either end, as in sacreBLEU.
    internal static ConfidenceInterval Interval(double[] scores)
    {
        double[] sorted = [.. scores.Order()];
        int cut = sorted.Length / 40;
        double low = sorted[cut];
        double high = sorted[^(cut + 1)];
        return new ConfidenceInterval(sorted.Average(), 0.5 * (high - low), low, high);
    }
}
