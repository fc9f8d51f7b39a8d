using System.Text.Json;

namespace Sequor.Scoring;

/// <summary>A ROUGE F-score with the precision and recall beside it.</summary>
public sealed record RougeResult : MetricResult
{
    /// <summary>The mean precision of the sentences, in percent.</summary>
    public required double Precision { get; init; }

    /// <summary>The mean recall of the sentences, in percent.</summary>
    public required double Recall { get; init; }

    /// <inheritdoc/>
    public override string Details => $"(P = {PrintedNumber.Fixed(Precision, 1)} R = {PrintedNumber.Fixed(Recall, 1)})";

    /// <inheritdoc/>
    protected override void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteNumber("precision", Precision);
        writer.WriteNumber("recall", Recall);
    }
}
