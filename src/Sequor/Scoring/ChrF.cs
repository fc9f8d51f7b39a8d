using System.Globalization;

namespace Sequor.Scoring;

/// <summary>
/// chrF and chrF++ (Popović 2015, 2017): the F-score of character n-grams, and of word n-grams too where asked. Scores and signatures equal
/// sacreBLEU's but for the version field. Of several references the one with the best sentence score counts, the first of equals.
/// </summary>
public sealed class ChrF : ICorpusMetric
{
    private const double _epsilon = 1e-16;
    private const string _asciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private readonly ChrFOptions _options;

    /// <summary>Makes the metric.</summary>
    /// <param name="options">The settings; null takes the defaults: chrF2.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public ChrF(ChrFOptions? options = null)
    {
        _options = options ?? new ChrFOptions();
        OptionFaults.ThrowIfAny(_options.Validate(), nameof(options));
    }

    /// <summary><c>chrf</c>, or <c>chrf++</c> with word n-grams up to 2: a plus for each word order.</summary>
    public string Key => "chrf" + new string('+', _options.WordOrder);

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>For each character order, then each word order: n-grams of the hypothesis, of the reference, and shared.</summary>
    public int StatisticsSize => 3 * (_options.CharacterOrder + _options.WordOrder);

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        var compared = new Side(this, hypothesis);
        var candidate = new double[StatisticsSize];
        double best = -1;
        foreach (string reference in references)
        {
            compared.With(reference, candidate);
            double score = Score(candidate);
            if (score > best)
            {
                best = score;
                candidate.CopyTo(statistics);
            }
        }
    }

    /// <inheritdoc/>
    public void ScoreAgainstEach(string hypothesis, IReadOnlyList<string> references, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(references);

        // The n-grams of the hypothesis are counted once: many samples are compared with many.
        var compared = new Side(this, hypothesis);
        var statistics = new double[StatisticsSize];
        for (var i = 0; i < references.Count; i++)
        {
            compared.With(references[i], statistics);
            scores[i] = Score(statistics);
        }
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => 100 * (_options.EpsilonSmoothing ? MeanOfFScores(sums) : FScoreOfMeans(sums));

    /// <inheritdoc/>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new()
    {
        Key = Key,
        Name = FormattableString.Invariant($"chrF{_options.Beta}") + new string('+', _options.WordOrder),
        Score = Score(sums),
        Signature = MetricSignature.Build(
            context,
            ("case", MetricSignature.Case(_options.Lowercase)),
            ("eff", MetricSignature.YesNo(!_options.EpsilonSmoothing)),
            ("nc", _options.CharacterOrder.ToString(CultureInfo.InvariantCulture)),
            ("nw", _options.WordOrder.ToString(CultureInfo.InvariantCulture)),
            ("space", MetricSignature.YesNo(_options.Whitespace))),
    };

    private static void Compare(NgramTable hypothesis, int hypothesisLength, int[] reference, Span<double> statistics)
    {
        int[] counts = hypothesis.CountIn(reference);
        for (var order = 1; order <= statistics.Length / 3; order++)
        {
            int inReference = NgramTable.Total(reference.Length, order);
            Span<double> three = statistics.Slice(3 * (order - 1), 3);

            // Where the reference is too short for this order the hypothesis is not blamed for its n-grams.
            three[0] = inReference > 0 ? NgramTable.Total(hypothesisLength, order) : 0;
            three[1] = inReference;
            three[2] = hypothesis.Overlap(order, counts);
        }
    }

    private double FScoreOfMeans(ReadOnlySpan<double> sums)
    {
        double precision = 0;
        double recall = 0;
        var orders = 0;
        for (; !sums.IsEmpty; sums = sums[3..])
        {
            if (sums[0] == 0 || sums[1] == 0)
                continue;
            precision += sums[2] / sums[0];
            recall += sums[2] / sums[1];
            orders++;
        }

        return orders == 0 ? 0 : FScore(precision / orders, recall / orders, whenEmpty: 0);
    }

    private double MeanOfFScores(ReadOnlySpan<double> sums)
    {
        double total = 0;
        for (; !sums.IsEmpty; sums = sums[3..])
        {
            double precision = sums[0] > 0 ? sums[2] / sums[0] : _epsilon;
            double recall = sums[1] > 0 ? sums[2] / sums[1] : _epsilon;
            total += FScore(precision, recall, whenEmpty: _epsilon);
        }

        return total / (_options.CharacterOrder + _options.WordOrder);
    }

    private double FScore(double precision, double recall, double whenEmpty)
    {
        double weight = (double)_options.Beta * _options.Beta;
        double denominator = (weight * precision) + recall;
        return denominator > 0 ? (1 + weight) * precision * recall / denominator : whenEmpty;
    }

    private string Cased(string line) => _options.Lowercase ? LowerCase.Of(line) : line;

    private int[] Characters(string line)
    {
        List<int> codePoints = CodePoints.Of(line);
        if (!_options.Whitespace)
            codePoints.RemoveAll(Scoring.Whitespace.IsSpace);
        return [.. codePoints];
    }

    // chrF++.py cuts one punctuation mark from a word: the last if there is one, else the first.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        foreach (string word in Scoring.Whitespace.Split(line))
        {
            if (word.Length > 1 && _asciiPunctuation.Contains(word[^1], StringComparison.Ordinal))
                words.AddRange([word[..^1], word[^1..]]);
            else if (word.Length > 1 && _asciiPunctuation.Contains(word[0], StringComparison.Ordinal))
                words.AddRange([word[..1], word[1..]]);
            else
                words.Add(word);
        }

        return words;
    }

    /// <summary>The n-grams of a hypothesis, to be compared with those of references.</summary>
    private sealed class Side
    {
        private readonly ChrF _metric;
        private readonly WordNumbers _words = new();
        private readonly int _characters;
        private readonly int _wordCount;
        private readonly NgramTable _characterTable;
        private readonly NgramTable _wordTable;

        internal Side(ChrF metric, string hypothesis)
        {
            _metric = metric;
            string cased = metric.Cased(hypothesis);
            int[] characters = metric.Characters(cased);
            int[] words = metric._options.WordOrder > 0 ? _words.Of(Words(cased)) : [];
            (_characters, _wordCount) = (characters.Length, words.Length);
            _characterTable = new NgramTable(characters, metric._options.CharacterOrder);
            _wordTable = new NgramTable(words, metric._options.WordOrder);
        }

        internal void With(string reference, Span<double> statistics)
        {
            string cased = _metric.Cased(reference);
            int characterPart = 3 * _metric._options.CharacterOrder;
            Compare(_characterTable, _characters, _metric.Characters(cased), statistics[..characterPart]);
            if (_metric._options.WordOrder > 0)
                Compare(_wordTable, _wordCount, _words.Of(Words(cased)), statistics[characterPart..]);
        }
    }
}
