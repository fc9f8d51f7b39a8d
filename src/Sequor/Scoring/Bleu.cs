namespace Sequor.Scoring;

/// <summary>
/// BLEU (Papineni et al. 2002): the geometric mean of the clipped n-gram precisions of a corpus, times a penalty for being short. Scores and signatures
/// equal sacreBLEU's (Post 2018) but for the version field.
/// </summary>
public sealed class Bleu : ICorpusMetric
{
    // sacreBLEU's stand-in for the logarithm of zero.
    private const double _logarithmOfZero = -9999999999;
    private const int _lengths = 2;
    private readonly BleuOptions _options;
    private readonly bool _namesOrder;

    /// <summary>Makes the metric <c>bleu</c>.</summary>
    /// <param name="options">The settings; null takes the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Bleu(BleuOptions? options = null)
        : this(options ?? new BleuOptions(), namesOrder: false)
    {
    }

    private Bleu(BleuOptions options, bool namesOrder)
    {
        OptionFaults.ThrowIfAny(options.Validate(), nameof(options));
        _options = options;
        _namesOrder = namesOrder;
        Key = namesOrder ? FormattableString.Invariant($"bleu{options.MaxOrder}") : "bleu";
    }

    /// <summary>Makes the metric <c>bleu1</c> to <c>bleu4</c>: cumulative BLEU-n, the mean over the orders 1 to n.</summary>
    /// <param name="order">n, 1 or more; it replaces <see cref="BleuOptions.MaxOrder"/>.</param>
    /// <param name="options">The other settings; null takes the defaults.</param>
    /// <returns>The metric; its signature has the extra field <c>order</c>.</returns>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static Bleu Cumulative(int order, BleuOptions? options = null) =>
        new((options ?? new BleuOptions()) with { MaxOrder = order }, namesOrder: true);

    /// <inheritdoc/>
    public string Key { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>Hypothesis length, reference length, N matches, N totals.</summary>
    public int StatisticsSize => _lengths + (2 * _options.MaxOrder);

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        var words = new WordNumbers();
        int[] hypothesisWords = Words(hypothesis, words);
        var ngrams = new NgramTable(hypothesisWords, _options.MaxOrder);
        var allowed = new int[ngrams.Count];
        int closestLength = -1;
        foreach (string reference in references)
        {
            int[] referenceWords = Words(reference, words);
            int[] counts = ngrams.CountIn(referenceWords);
            for (var i = 0; i < allowed.Length; i++)
                allowed[i] = Math.Max(allowed[i], counts[i]);
            closestLength = Closer(hypothesisWords.Length, closestLength, referenceWords.Length);
        }

        statistics[0] = hypothesisWords.Length;
        statistics[1] = closestLength;
        for (var order = 1; order <= _options.MaxOrder; order++)
        {
            statistics[_lengths + order - 1] = ngrams.Overlap(order, allowed);
            statistics[_lengths + _options.MaxOrder + order - 1] = NgramTable.Total(hypothesisWords.Length, order);
        }
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums)
    {
        var precisions = new double[_options.MaxOrder];
        return ScoreAndPrecisions(sums, precisions);
    }

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is a <see cref="BleuResult"/>.</summary>
    /// <param name="sums">[<see cref="StatisticsSize"/>]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    /// <returns>A <see cref="BleuResult"/>.</returns>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context)
    {
        var precisions = new double[_options.MaxOrder];
        double score = ScoreAndPrecisions(sums, precisions);
        return new BleuResult
        {
            Key = Key,
            Name = _namesOrder ? FormattableString.Invariant($"BLEU-{_options.MaxOrder}") : "BLEU",
            Score = score,
            Signature = Signature(context),
            Counts = Whole(Matches(sums)),
            Totals = Whole(Totals(sums)),
            Precisions = precisions,
            BrevityPenalty = BrevityPenalty(sums),
            HypothesisLength = (long)sums[0],
            ReferenceLength = (long)sums[1],
        };
    }

    private int[] Words(string line, WordNumbers words) =>
        words.Of(BleuTokenizers.Words(_options.Tokenizer, _options.Lowercase ? LowerCase.Of(line) : line));

    private ReadOnlySpan<double> Matches(ReadOnlySpan<double> sums) => sums.Slice(_lengths, _options.MaxOrder);

    private ReadOnlySpan<double> Totals(ReadOnlySpan<double> sums) => sums.Slice(_lengths + _options.MaxOrder, _options.MaxOrder);

    private static int Closer(int target, int best, int candidate)
    {
        if (best < 0)
            return candidate;
        int difference = Math.Abs(target - candidate).CompareTo(Math.Abs(target - best));
        return difference < 0 || (difference == 0 && candidate < best) ? candidate : best;
    }

    private static double BrevityPenalty(ReadOnlySpan<double> sums)
    {
        (double hypothesis, double reference) = (sums[0], sums[1]);
        if (hypothesis >= reference)
            return 1;
        return hypothesis > 0 ? Math.Exp(1 - (reference / hypothesis)) : 0;
    }

    private double ScoreAndPrecisions(ReadOnlySpan<double> sums, Span<double> precisions)
    {
        // No match at all is a score of 0 under every smoothing.
        if (!Matches(sums).ContainsAnyExcept(0.0))
            return 0;

        int orders = Smooth(Matches(sums), Totals(sums), precisions);
        double logarithms = 0;
        foreach (double precision in precisions[..orders])
            logarithms += precision == 0 ? _logarithmOfZero : Math.Log(precision);
        return BrevityPenalty(sums) * Math.Exp(logarithms / orders);
    }

    /// <returns>How many orders the mean is over.</returns>
    private int Smooth(ReadOnlySpan<double> matches, ReadOnlySpan<double> totals, Span<double> precisions)
    {
        int orders = _options.MaxOrder;
        double added = _options.EffectiveSmoothingValue;
        double halvings = 1;
        for (var n = 0; n < matches.Length; n++)
        {
            double addend = _options.Smoothing == BleuSmoothing.AddK && n > 0 ? added : 0;
            double match = matches[n] + addend;
            double total = totals[n] + addend;
            if (total == 0)
                break;
            if (_options.EffectiveOrder)
                orders = n + 1;

            precisions[n] = (match, _options.Smoothing) switch
            {
                (0, BleuSmoothing.Exponential) => 100 / ((halvings *= 2) * total),
                (0, BleuSmoothing.Floor) => 100 * added / total,
                _ => 100 * match / total,
            };
        }

        return orders;
    }

    private string Signature(SignatureContext context)
    {
        List<(string Name, string Value)> fields =
        [
            ("case", MetricSignature.Case(_options.Lowercase)),
            ("eff", MetricSignature.YesNo(_options.EffectiveOrder)),
            ("tok", _options.Tokenizer.Name()),
            ("smooth", _options.SmoothingSignature),
        ];
        if (_namesOrder)
            fields.Add(("order", FormattableString.Invariant($"{_options.MaxOrder}")));
        return MetricSignature.Build(context, [.. fields]);
    }

    private static long[] Whole(ReadOnlySpan<double> numbers)
    {
        var whole = new long[numbers.Length];
        for (var i = 0; i < whole.Length; i++)
            whole[i] = (long)numbers[i];
        return whole;
    }
}
