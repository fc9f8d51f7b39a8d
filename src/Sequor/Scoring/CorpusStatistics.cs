namespace Sequor.Scoring;

/// <summary>What one metric measured on each sentence of a corpus: rows that can be added, resampled and swapped.</summary>
public sealed class CorpusStatistics
{
    private readonly double[] _rows;

    private CorpusStatistics(ICorpusMetric metric, int sentences, int referenceCount, double[] rows)
    {
        Metric = metric;
        Sentences = sentences;
        ReferenceCount = referenceCount;
        _rows = rows;
    }

    /// <summary>The metric that measured.</summary>
    public ICorpusMetric Metric { get; }

    /// <summary>Sentences measured, 1 or more.</summary>
    public int Sentences { get; }

    /// <summary>References per sentence, or <see cref="SignatureContext.VariableReferences"/>.</summary>
    public int ReferenceCount { get; }

    /// <summary>Measures every sentence of a corpus.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="hypotheses">The system's lines, one or more.</param>
    /// <param name="references">
    /// One or more sets of references, each with as many lines as <paramref name="hypotheses"/>. A line that is null is a missing reference and
    /// is left out; an empty line is a reference that says nothing (sacreBLEU 2.2 and later).
    /// </param>
    /// <returns>The statistics.</returns>
    /// <exception cref="InvalidDataException">The corpus is empty, line counts differ, a sentence has no reference, or the metric cannot read a line.</exception>
    public static CorpusStatistics Collect(
        ICorpusMetric metric, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string?>> references)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        CorpusShape.Check(hypotheses.Count, references);

        int width = metric.StatisticsSize;
        var rows = new double[checked(hypotheses.Count * width)];
        var referenceCount = 0;
        var present = new List<string>(references.Count);
        for (var sentence = 0; sentence < hypotheses.Count; sentence++)
        {
            CorpusShape.ReferencesOf(sentence, references, present);
            referenceCount = sentence == 0 || referenceCount == present.Count ? present.Count : SignatureContext.VariableReferences;
            try
            {
                metric.Measure(hypotheses[sentence], present, rows.AsSpan(sentence * width, width));
            }
            catch (FormatException fault)
            {
                throw new InvalidDataException($"Line {sentence + 1} cannot be scored with {metric.Key}: {fault.Message}.", fault);
            }
        }

        return new CorpusStatistics(metric, hypotheses.Count, referenceCount, rows);
    }

    /// <summary>The statistics of one sentence.</summary>
    /// <param name="sentence">The sentence's place, from 0.</param>
    /// <returns><see cref="ICorpusMetric.StatisticsSize"/> numbers.</returns>
    public ReadOnlySpan<double> Row(int sentence) =>
        _rows.AsSpan(sentence * Metric.StatisticsSize, Metric.StatisticsSize);

    /// <summary>Adds up the rows of all sentences.</summary>
    /// <returns><see cref="ICorpusMetric.StatisticsSize"/> sums.</returns>
    public double[] Sum()
    {
        var sums = new double[Metric.StatisticsSize];
        for (var sentence = 0; sentence < Sentences; sentence++)
            Add(Row(sentence), sums);
        return sums;
    }

    /// <summary>The score of the whole corpus.</summary>
    /// <returns>The score with its details and signature.</returns>
    public MetricResult Describe() => Metric.Describe(Sum(), new SignatureContext(ReferenceCount));

    internal static void Add(ReadOnlySpan<double> row, Span<double> sums)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += row[i];
    }
}
