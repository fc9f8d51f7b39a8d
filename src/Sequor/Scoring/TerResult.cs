using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>A TER score with the numbers it is made of.</summary>
public sealed record TerResult : MetricResult
{
    /// <summary>Edits, shifts among them, to the reference that needs fewest.</summary>
    public required long Edits { get; init; }

    /// <summary>Words of the references; with several, their mean for each sentence.</summary>
    public required double ReferenceLength { get; init; }

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteNumber("edits", Edits);
        writer.WriteNumber("ref_len", ReferenceLength);
    }
}
