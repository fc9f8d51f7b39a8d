namespace Sequor.Scoring;

/// <summary>The door of this room: several metrics by name, computed together.</summary>
public sealed class MetricSet
{
    private static readonly (string Key, Func<MetricOptions, ICorpusMetric> Make)[] _known =
    [
        ("bleu", options => new Bleu(options.Bleu)),
        ("bleu1", options => Bleu.Cumulative(1, options.Bleu)),
        ("bleu2", options => Bleu.Cumulative(2, options.Bleu)),
        ("bleu3", options => Bleu.Cumulative(3, options.Bleu)),
        ("bleu4", options => Bleu.Cumulative(4, options.Bleu)),
        ("chrf", options => new ChrF(options.ChrF with { WordOrder = 0 })),
        ("chrf++", options => new ChrF(options.ChrF with { WordOrder = 2 })),
        ("ter", options => new Ter(options.Ter)),
        ("meteor", options => new Meteor(options.Meteor ?? MeteorOptions.WithInstalledWordNet())),
        ("rouge1", options => new Rouge(RougeKind.Rouge1, options.Rouge)),
        ("rouge2", options => new Rouge(RougeKind.Rouge2, options.Rouge)),
        ("rougeL", options => new Rouge(RougeKind.RougeL, options.Rouge)),
        ("rougeLsum", options => new Rouge(RougeKind.RougeLsum, options.Rouge)),
        ("wer", options => new ErrorRate(ErrorUnit.Word, options.LowercaseExact)),
        ("cer", options => new ErrorRate(ErrorUnit.Character, options.LowercaseExact)),
        ("accuracy", options => new Accuracy(options.LowercaseExact)),
        ("aer", _ => new AlignmentErrorRate()),
    ];

    private MetricSet(IReadOnlyList<ICorpusMetric> metrics) => Metrics = metrics;

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> KnownKeys { get; } = [.. _known.Select(known => known.Key)];

    /// <summary>The metrics, in the order in which they were named.</summary>
    public IReadOnlyList<ICorpusMetric> Metrics { get; }

    /// <summary>Makes the metrics of a list of names.</summary>
    /// <param name="names">Names between commas, such as <c>bleu,chrf,ter</c>; case and spaces do not matter.</param>
    /// <param name="options">The metrics' settings; null takes the defaults.</param>
    /// <returns>The metrics, in this order; a name given twice counts once.</returns>
    /// <exception cref="ArgumentException">A name is unknown (each is reported with the nearest known one), none is given, or a setting is out of range.</exception>
    public static MetricSet Parse(string names, MetricOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] asked = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Length == 0)
            throw new ArgumentException($"No metric is named. Name one or more of {string.Join(", ", KnownKeys)}.", nameof(names));

        string[] unknown = [.. asked.Where(name => Find(name) < 0)];
        if (unknown.Length > 0)
            throw new ArgumentException(Unknown(unknown), nameof(names));

        options ??= new MetricOptions();
        return new MetricSet([.. asked.Select(Find).Distinct().Select(place => _known[place].Make(options))]);
    }

    /// <summary>Scores a corpus with every metric.</summary>
    /// <param name="hypotheses">The system's lines, one or more.</param>
    /// <param name="references">One or more sets of references, each with as many lines; null stands for a missing reference.</param>
    /// <param name="confidence">Settings of the confidence intervals, or null for none.</param>
    /// <returns>One result for each metric, in order.</returns>
    /// <exception cref="InvalidDataException">The corpus is empty, line counts differ, or a sentence has no reference.</exception>
    public IReadOnlyList<MetricResult> Score(
        IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string?>> references, BootstrapOptions? confidence = null) =>
    [
        .. Metrics
            .Select(metric => CorpusStatistics.Collect(metric, hypotheses, references))
            .Select(statistics => confidence is null ? statistics.Describe() : Bootstrap.Describe(statistics, confidence)),
    ];

    /// <summary>Tests with every metric whether a system differs from a baseline.</summary>
    /// <param name="baseline">The baseline's lines.</param>
    /// <param name="system">The other system's lines for the same sentences.</param>
    /// <param name="references">One or more sets of references, each with as many lines; null stands for a missing reference.</param>
    /// <param name="options">The settings of the test; null takes the defaults.</param>
    /// <returns>One result for each metric, in order.</returns>
    /// <exception cref="InvalidDataException">A corpus is empty, line counts differ, or a sentence has no reference.</exception>
    public IReadOnlyList<PairedTestResult> Compare(
        IReadOnlyList<string> baseline,
        IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string?>> references,
        PairedTestOptions? options = null) =>
    [
        .. Metrics.Select(metric => PairedTest.Run(
            CorpusStatistics.Collect(metric, baseline, references), CorpusStatistics.Collect(metric, system, references), options)),
    ];

    private static int Find(string name) =>
        Array.FindIndex(_known, known => string.Equals(known.Key, name, StringComparison.OrdinalIgnoreCase));

    private static string Unknown(string[] names)
    {
        IEnumerable<string> sentences = names.Select(name => $"Unknown metric '{name}': did you mean '{Nearest(name)}'?");
        return $"{string.Join(" ", sentences)} Known are {string.Join(", ", KnownKeys)}.";
    }

    private static string Nearest(string name)
    {
        int[] letters = [.. CodePoints.Of(LowerCase.Of(name))];
        return KnownKeys.MinBy(key => EditCounts.Between([.. CodePoints.Of(LowerCase.Of(key))], letters).Edits)!;
    }
}
