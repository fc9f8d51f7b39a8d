namespace Sequor.Scoring;

/// <summary>
/// Translation edit rate (Snover et al. 2006): the edits that turn hypotheses into references, shifts of word runs counting as one, in percent of the
/// reference words. Scores and signatures equal sacreBLEU's, a near-exact copy of Tercom, but for the version field. 0 is best.
/// </summary>
public sealed class Ter : ICorpusMetric
{
    private readonly TerOptions _options;

    /// <summary>Makes the metric.</summary>
    /// <param name="options">The settings; null takes the defaults.</param>
    public Ter(TerOptions? options = null) => _options = options ?? new TerOptions();

    /// <inheritdoc/>
    public string Key => "ter";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>Edits, reference length.</summary>
    public int StatisticsSize => 2;

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        var words = new WordNumbers();
        int[] hypothesisWords = words.Of(TerWords.Of(hypothesis, _options));
        int fewest = int.MaxValue;
        double length = 0;
        foreach (string reference in references)
        {
            int[] referenceWords = words.Of(TerWords.Of(reference, _options));
            fewest = Math.Min(fewest, TranslationEdits.Count(hypothesisWords, referenceWords));
            length += referenceWords.Length;
        }

        statistics[0] = fewest;
        statistics[1] = length / references.Count;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => EditRate.Percent(sums[0], sums[1]);

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is a <see cref="TerResult"/>.</summary>
    /// <param name="sums">[2]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    /// <returns>A <see cref="TerResult"/>.</returns>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new TerResult
    {
        Key = Key,
        Name = "TER",
        Score = Score(sums),
        Signature = MetricSignature.Build(
            context,
            ("case", MetricSignature.Case(!_options.CaseSensitive)),
            ("tok", "tercom"),
            ("norm", MetricSignature.YesNo(_options.Normalized)),
            ("punct", MetricSignature.YesNo(!_options.NoPunctuation)),
            ("asian", MetricSignature.YesNo(_options.AsianSupport))),
        Edits = (long)sums[0],
        ReferenceLength = sums[1],
    };
}
