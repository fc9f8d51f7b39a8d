using Sequor.Text;

namespace Sequor.Scoring;

/// <summary>
/// Alignment error rate (Och and Ney 2003): 1 - (|A ∩ S| + |A ∩ P|) / (|A| + |S|) in percent, where A are the system's links, S the
/// sure links of the reference and P all of its links. Lines are Pharaoh format with sure links <c>0-0</c> and possible ones <c>1?2</c>;
/// the system's links count alike. Of several references the one with the least error counts.
/// </summary>
public sealed class AlignmentErrorRate : ICorpusMetric
{
    /// <inheritdoc/>
    public string Key => "aer";

    /// <inheritdoc/>
    public bool HigherIsBetter => false;

    /// <summary>|A ∩ S|, |A ∩ P|, |A|, |S|.</summary>
    public int StatisticsSize => 4;

    /// <summary>Measures one sentence.</summary>
    /// <param name="hypothesis">The system's links.</param>
    /// <param name="references">The correct links, at least one line.</param>
    /// <param name="statistics">[4]</param>
    /// <exception cref="FormatException">A line is not a list of links; the message names the item.</exception>
    public void Measure(string hypothesis, IReadOnlyList<string> references, Span<double> statistics)
    {
        HashSet<(int, int)> links = [.. Links(hypothesis, "the hypothesis").Select(Places)];
        double least = double.PositiveInfinity;
        Span<double> counts = stackalloc double[4];
        foreach (string reference in references)
        {
            IReadOnlyList<AlignmentLink> correct = Links(reference, "the reference");
            HashSet<(int, int)> sure = [.. correct.Where(link => link.IsSure).Select(Places)];
            HashSet<(int, int)> possible = [.. correct.Select(Places)];
            counts[0] = links.Count(sure.Contains);
            counts[1] = links.Count(possible.Contains);
            counts[2] = links.Count;
            counts[3] = sure.Count;
            double error = Score(counts);
            if (error < least)
            {
                least = error;
                counts.CopyTo(statistics);
            }
        }
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> sums) => 100 * (1 - Share(sums[0] + sums[1], sums[2] + sums[3]));

    /// <summary>As <see cref="ICorpusMetric.Describe"/>; the result is an <see cref="AlignmentErrorRateResult"/>.</summary>
    /// <param name="sums">[4]</param>
    /// <param name="context">What the signature says besides the settings.</param>
    public MetricResult Describe(ReadOnlySpan<double> sums, SignatureContext context) => new AlignmentErrorRateResult
    {
        Key = Key,
        Name = "AER",
        Score = Score(sums),
        Signature = MetricSignature.Build(context),
        Precision = 100 * Share(sums[1], sums[2]),
        Recall = 100 * Share(sums[0], sums[3]),
        Links = (long)sums[2],
        SureLinks = (long)sums[3],
    };

    // Where nothing was to be found and nothing was found, nothing is wrong.
    private static double Share(double right, double all) => all > 0 ? right / all : 1;

    private static (int Source, int Target) Places(AlignmentLink link) => (link.Source, link.Target);

    private static IReadOnlyList<AlignmentLink> Links(string line, string what) =>
        AlignmentLine.TryParse(line, out IReadOnlyList<AlignmentLink> links, out string? fault)
            ? links
            : throw new FormatException($"in {what}, {fault}");
}
