using System.Globalization;
using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>A word or character error rate with the errors it counts.</summary>
public sealed record ErrorRateResult : MetricResult
{
    /// <summary>Units that differ from the reference's.</summary>
    public required long Substitutions { get; init; }

    /// <summary>Units of the hypotheses that the references lack.</summary>
    public required long Insertions { get; init; }

    /// <summary>Units of the references that the hypotheses lack.</summary>
    public required long Deletions { get; init; }

    /// <summary>Units of the references.</summary>
    public required long ReferenceLength { get; init; }

    /// <inheritdoc/>
    public override string Details => string.Create(
        CultureInfo.InvariantCulture,
        $"(sub = {Substitutions} ins = {Insertions} del = {Deletions} ref_len = {ReferenceLength})");

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteNumber("substitutions", Substitutions);
        writer.WriteNumber("insertions", Insertions);
        writer.WriteNumber("deletions", Deletions);
        writer.WriteNumber("ref_len", ReferenceLength);
    }
}
