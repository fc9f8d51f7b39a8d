namespace Sequor.Configuration;

/// <summary>Attention that is taught alignments of words: <c>training.guided_attention:</c> in the file.</summary>
public sealed record GuidedAttentionConfiguration
{
    internal static Schema<GuidedAttentionConfiguration> Schema { get; } = new Schema<GuidedAttentionConfiguration>(_ => new())
        .Number("weight", NumberBounds.Positive, c => c.Weight, (c, v) => c with { Weight = v });

    /// <summary>What a nat of straying from the alignments weighs beside one of the loss, above 0. Default: 0.05.</summary>
    public double Weight { get; init; } = 0.05;

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
