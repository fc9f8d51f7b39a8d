namespace Sequor.Scoring;

/// <summary>What an error rate counts.</summary>
public enum ErrorUnit
{
    /// <summary>Words between white space: WER.</summary>
    Word,

    /// <summary>Code points, white space at the ends left out and any other run of it counting as one: CER.</summary>
    Character,
}

/// <summary>
/// Word and character error rate: substitutions, insertions and deletions (Levenshtein 1966) in percent of the reference's units, summed over the corpus
/// before dividing. Of several references the one with the lowest rate counts, then the one with the fewest edits and substitutions. 0 is best; much that is
/// inserted makes it exceed 100.
/// </summary>
public sealed class ErrorRate : ICorpusMetric
{
    private readonly ErrorUnit _unit;
    private readonly bool _lowercase;

    /// <summary>Makes the metric <c>wer</c> or <c>cer</c>.</summary>
    /// <param name="unit">What is counted.</param>
    /// <param name="lowercase">Whether case is ignored.</param>
    public ErrorRate(ErrorUnit unit, bool lowercase = false)
    {
        _unit = unit;
        _lowercase = lowercase;
    }

    /// <inheritdoc/>
    public string Key => _unit == ErrorUnit.Word ? "wer" : "cer";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>Substitutions, insertions, deletions, reference length.</summary>
    public int StatisticsSize => 4;

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        var words = new WordNumbers();
        int[] hypothesisUnits = Units(hypothesis, words);
        (double Rate, int Edits, EditCounts Counts, int Length)? best = null;
        foreach (string reference in references)
        {
            int[] referenceUnits = Units(reference, words);
            EditCounts counts = EditCounts.Between(hypothesisUnits, referenceUnits);
            double rate = EditRate.Percent(counts.Edits, referenceUnits.Length);
            bool better = best is not { } leader
                || (rate, counts.Edits, counts.Substitutions).CompareTo((leader.Rate, leader.Edits, leader.Counts.Substitutions)) < 0;
            if (better)
                best = (rate, counts.Edits, counts, referenceUnits.Length);
        }

        (_, _, EditCounts chosen, int length) = best.GetValueOrDefault();
        (statistics[0], statistics[1], statistics[2]) = (chosen.Substitutions, chosen.Insertions, chosen.Deletions);
        statistics[3] = length;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => EditRate.Percent(sums[0] + sums[1] + sums[2], sums[3]);

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is an <see cref="ErrorRateResult"/>.</summary>
    /// <param name="sums">[4]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    /// <returns>An <see cref="ErrorRateResult"/>.</returns>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new ErrorRateResult
    {
        Key = Key,
        Name = _unit == ErrorUnit.Word ? "WER" : "CER",
        Score = Score(sums),
        Signature = MetricSignature.Build(context, ("case", MetricSignature.Case(_lowercase)), ("tok", _unit == ErrorUnit.Word ? "none" : "char")),
        Substitutions = (long)sums[0],
        Insertions = (long)sums[1],
        Deletions = (long)sums[2],
        ReferenceLength = (long)sums[3],
    };

    private int[] Units(string line, WordNumbers words)
    {
        List<string> split = Whitespace.Split(_lowercase ? LowerCase.Of(line) : line);
        return _unit == ErrorUnit.Word ? words.Of(split) : [.. CodePoints.Of(string.Join(' ', split))];
    }
}
