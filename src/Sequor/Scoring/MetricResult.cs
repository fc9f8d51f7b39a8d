using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>A score with what is needed to trust and compare it.</summary>
public record MetricResult
{
    /// <summary>The metric's name in options and JSON: <c>bleu</c>, <c>chrf++</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The metric's name in print: <c>BLEU</c>, <c>chrF2++</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The score, unrounded, on sacreBLEU's scale of 0 to 100 (error rates may exceed 100).</summary>
    public required double Score { get; init; }

    /// <summary>Every setting that the score depends on, as sacreBLEU writes it.</summary>
    public required string Signature { get; init; }

    /// <summary>The 95 % confidence interval, or null when none was asked for.</summary>
    public ConfidenceInterval? Confidence { get; init; }

    /// <summary>What is printed after the score; empty where the metric has nothing to add.</summary>
    public virtual string Details => "";

    /// <summary>Writes the property <c>"key":{"score":…,"signature":…,…}</c> with unrounded numbers.</summary>
    /// <param name="writer">A writer inside an object.</param>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Key);
        writer.WriteNumber("score", Score);
        writer.WriteString("signature", Signature);
        WriteDetails(writer);
        if (Confidence is { } interval)
        {
            writer.WriteStartObject("confidence");
            writer.WriteNumber("mean", interval.Mean);
            writer.WriteNumber("half_width", interval.HalfWidth);
            writer.WriteNumber("low", interval.Low);
            writer.WriteNumber("high", interval.High);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the metric's own properties after score and signature.</summary>
    /// <param name="writer">A writer inside the metric's object.</param>
    protected virtual void WriteDetails(Utf8JsonWriter writer)
    {
    }

    /// <summary>Writes one object that holds every result under its key, in order.</summary>
    /// <param name="writer">A writer where a value may stand.</param>
    /// <param name="results">The results; their keys differ.</param>
    public static void WriteJson(Utf8JsonWriter writer, IEnumerable<MetricResult> results)
    {
        writer.WriteStartObject();
        foreach (MetricResult result in results)
            result.WriteJson(writer);
        writer.WriteEndObject();
    }

    /// <summary>The line that sacreBLEU prints: <c>BLEU|nrefs:1|… = 23.4 56.1/29.0/17.2/10.6 (BP = 0.987 …)</c>.</summary>
    /// <param name="decimals">Digits after the point of the score and its interval, 0 to 15. Default 1.</param>
    /// <returns>The line, without a line end.</returns>
    public string ToLine(int decimals = 1)
    {
        string line = $"{Name}|{Signature} = {PrintedNumber.Fixed(Score, decimals)}";
        if (Confidence is { } interval)
            line += $" (μ = {PrintedNumber.Fixed(interval.Mean, decimals)} ± {PrintedNumber.Fixed(interval.HalfWidth, decimals)})";
        return Details.Length == 0 ? line : $"{line} {Details}";
    }
}
