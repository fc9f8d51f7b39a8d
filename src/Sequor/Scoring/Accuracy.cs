using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>Sequence accuracy with the token accuracy beside it.</summary>
public sealed record AccuracyResult : MetricResult
{
    /// <summary>Tokens that equal the reference's at the same place, in percent; see <see cref="Accuracy"/>.</summary>
    public required double TokenAccuracy { get; init; }

    /// <inheritdoc/>
    public override string Details => $"(tokens = {PrintedNumber.Fixed(TokenAccuracy, 1)})";

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer) => writer.WriteNumber("token_accuracy", TokenAccuracy);
}

/// <summary>
/// Sequence accuracy: the share of hypotheses whose words, cut at white space, are those of a reference, in percent. Beside it token accuracy: the share of
/// places with the same word on both sides, among as many places as the longer side has words; of several references the best counts.
/// </summary>
public sealed class Accuracy : ICorpusMetric
{
    private readonly bool _lowercase;

    /// <summary>Makes the metric <c>accuracy</c>.</summary>
    /// <param name="lowercase">Whether case is ignored.</param>
    public Accuracy(bool lowercase = false) => _lowercase = lowercase;

    /// <inheritdoc/>
    public string Key => "accuracy";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>Right sentences, sentences, right tokens, tokens.</summary>
    public int StatisticsSize => 4;

    /// <inheritdoc/>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        List<string> words = Words(hypothesis);
        (double Share, int Right, int Places) best = (-1, 0, 0);
        foreach (List<string> reference in references.Select(Words))
        {
            int places = Math.Max(words.Count, reference.Count);
            int right = words.Zip(reference).Count(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
            var candidate = (places == 0 ? 1 : (double)right / places, right, places);
            if (candidate.CompareTo(best) > 0)
                best = candidate;
        }

        statistics[0] = best.Right == best.Places ? 1 : 0;
        statistics[1] = 1;
        statistics[2] = best.Right;
        statistics[3] = best.Places;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => 100 * (sums[0] / sums[1]);

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is an <see cref="AccuracyResult"/>.</summary>
    /// <param name="sums">[4]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    /// <returns>An <see cref="AccuracyResult"/>.</returns>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new AccuracyResult
    {
        Key = Key,
        Name = "Accuracy",
        Score = Score(sums),
        Signature = MetricSignature.Build(context, ("case", MetricSignature.Case(_lowercase)), ("tok", "none")),
        TokenAccuracy = sums[3] > 0 ? 100 * (sums[2] / sums[3]) : 100,
    };

    private List<string> Words(string line) => Whitespace.Split(_lowercase ? LowerCase.Of(line) : line);
}
