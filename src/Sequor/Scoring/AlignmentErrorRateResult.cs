using System.Globalization;
using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>An alignment error rate with precision and recall.</summary>
public sealed record AlignmentErrorRateResult : MetricResult
{
    /// <summary>Links of the system that the reference has, sure or possible, in percent of the system's links.</summary>
    public required double Precision { get; init; }

    /// <summary>Sure links of the reference that the system has, in percent of the sure links.</summary>
    public required double Recall { get; init; }

    /// <summary>Links of the system.</summary>
    public required long Links { get; init; }

    /// <summary>Sure links of the reference.</summary>
    public required long SureLinks { get; init; }

    /// <inheritdoc/>
    public override string Details => string.Create(
        CultureInfo.InvariantCulture,
        $"(precision = {PrintedNumber.Fixed(Precision, 1)} recall = {PrintedNumber.Fixed(Recall, 1)} links = {Links} sure = {SureLinks})");

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteNumber("precision", Precision);
        writer.WriteNumber("recall", Recall);
        writer.WriteNumber("links", Links);
        writer.WriteNumber("sure_links", SureLinks);
    }
}
