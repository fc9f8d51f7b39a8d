namespace Sequor.Scoring;

/// <summary>
/// METEOR (Banerjee and Lavie 2005): a mean of unigram precision and recall that favours recall, over words matched exactly, then by stem, then by synonym,
/// lowered where the matches are scattered. Words are those of the tokenizer <c>13a</c> in lower case; a corpus scores the mean of its sentences; of several
/// references the best counts. This is NLTK's metric, except that NLTK 3.8 looks up synonyms of stems, and we of words. It is not METEOR 1.5, whose
/// paraphrase tables and weights are tuned by language. Stems and synonyms are English.
/// </summary>
public sealed class Meteor : ICorpusMetric
{
    private readonly MeteorOptions _options;

    /// <summary>Makes the metric.</summary>
    /// <param name="options">The settings; null takes the defaults: no synonyms.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Meteor(MeteorOptions? options = null)
    {
        _options = options ?? new MeteorOptions();
        OptionFaults.ThrowIfAny(_options.Validate(), nameof(options));
    }

    /// <inheritdoc/>
    public string Key => "meteor";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>Score from 0 to 1, sentences.</summary>
    public int StatisticsSize => 2;

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        List<string> words = Words(hypothesis);
        statistics[0] = references.Max(reference => ScoreOf(words, Words(reference)));
        statistics[1] = 1;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => 100 * (sums[0] / sums[1]);

    /// <inheritdoc/>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new()
    {
        Key = Key,
        Name = "METEOR",
        Score = Score(sums),
        Signature = MetricSignature.Build(
            context,
            ("case", "lc"),
            ("tok", "13a"),
            ("stages", "exact" + (_options.Stem ? "+porter" : "") + (_options.Synonyms is null ? "" : "+wordnet")),
            ("weights", FormattableString.Invariant($"{_options.Alpha}/{_options.Beta}/{_options.Gamma}"))),
    };

    private double ScoreOf(List<string> hypothesis, List<string> reference)
    {
        var alignment = new MeteorAlignment(hypothesis, reference, _options);
        double matches = alignment.Matches;
        if (matches == 0)
            return 0;
        double precision = matches / hypothesis.Count;
        double recall = matches / reference.Count;
        double mean = precision * recall / ((_options.Alpha * precision) + ((1 - _options.Alpha) * recall));
        double penalty = _options.Gamma * Math.Pow(alignment.Chunks / matches, _options.Beta);
        return (1 - penalty) * mean;
    }

    private static List<string> Words(string line) => BleuTokenizers.Words(BleuTokenizer.Mteval13A, LowerCase.Of(line));
}
