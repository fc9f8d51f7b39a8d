using System.Globalization;
using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>A BLEU score with the numbers it is made of.</summary>
public sealed record BleuResult : MetricResult
{
    /// <summary>[N] n-grams of the hypotheses that a reference holds, for orders 1 to N, before smoothing.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>[N] n-grams of the hypotheses, for orders 1 to N, before smoothing.</summary>
    public required IReadOnlyList<long> Totals { get; init; }

    /// <summary>[N] the precisions in percent, after smoothing.</summary>
    public required IReadOnlyList<double> Precisions { get; init; }

    /// <summary>The brevity penalty, 0 to 1; 1 where the hypotheses are no shorter than the references.</summary>
    public required double BrevityPenalty { get; init; }

    /// <summary>Words of the hypotheses.</summary>
    public required long HypothesisLength { get; init; }

    /// <summary>Words of the references; with several, those of the reference closest in length to each hypothesis, the shorter of two.</summary>
    public required long ReferenceLength { get; init; }

    /// <summary>Hypothesis length over reference length; 0 where the references have no word.</summary>
    public double LengthRatio => ReferenceLength == 0 ? 0 : (double)HypothesisLength / ReferenceLength;

    /// <inheritdoc/>
    public override string Details =>
        $"{string.Join('/', Precisions.Select(precision => PrintedNumber.Fixed(precision, 1)))} " +
        $"(BP = {PrintedNumber.Fixed(BrevityPenalty, 3)} ratio = {PrintedNumber.Fixed(LengthRatio, 3)} " +
        string.Create(CultureInfo.InvariantCulture, $"hyp_len = {HypothesisLength} ref_len = {ReferenceLength})");

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("precisions");
        foreach (double precision in Precisions)
            writer.WriteNumberValue(precision);
        writer.WriteEndArray();
        writer.WriteNumber("bp", BrevityPenalty);
        writer.WriteNumber("ratio", LengthRatio);
        writer.WriteNumber("hyp_len", HypothesisLength);
        writer.WriteNumber("ref_len", ReferenceLength);
        WriteNumbers(writer, "counts", Counts);
        WriteNumbers(writer, "totals", Totals);
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
