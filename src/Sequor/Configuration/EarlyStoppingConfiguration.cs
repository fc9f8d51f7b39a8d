namespace Sequor.Configuration;

/// <summary>When training ends because it no longer helps: <c>training.early_stopping:</c> in the file.</summary>
public sealed record EarlyStoppingConfiguration
{
    internal static Schema<EarlyStoppingConfiguration> Schema { get; } = new Schema<EarlyStoppingConfiguration>(_ => new())
        .Choice("metric",
            new(("loss", MetricChoice.Loss), ("perplexity", MetricChoice.Perplexity), ("accuracy", MetricChoice.Accuracy),
                ("bleu", MetricChoice.Bleu), ("chrf", MetricChoice.Chrf)),
            c => c.Metric, (c, v) => c with { Metric = v })
        .Integer("patience", new(0, 1_000_000), c => c.Patience, (c, v) => c with { Patience = v });

    /// <summary>The number that is watched; the checkpoint where it is best is the model. Default: <see cref="MetricChoice.Loss"/>.</summary>
    public MetricChoice Metric { get; init; } = MetricChoice.Loss;

    /// <summary>Validations in a row without improvement after which training ends, 0 to 1,000,000; 0 never ends it. Default: 0.</summary>
    public int Patience { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}

/// <summary>Parameters that learn otherwise than the rest: an item of <c>training.parameter_groups:</c>.</summary>
public sealed record ParameterGroupConfiguration
{
    internal static Schema<ParameterGroupConfiguration> Schema { get; } = new Schema<ParameterGroupConfiguration>(_ => new())
        .Text("match", c => c.Match, (c, v) => c with { Match = v })
        .Number("learning_rate_factor", NumberBounds.NotNegative, c => c.LearningRateFactor, (c, v) => c with { LearningRateFactor = v })
        .OptionalNumber("weight_decay", NumberBounds.NotNegative, c => c.WeightDecay, (c, v) => c with { WeightDecay = v })
        .Require(["match"], c => c.Match.Length > 0 ? null : "a group needs a pattern of parameter names, such as \"encoder.*\"");

    /// <summary>The pattern of parameter names, <c>*</c> for any run of characters: <c>encoder.layers.0.*</c>. The first group that matches counts.</summary>
    public string Match { get; init; } = "";

    /// <summary>What the learning rate is multiplied by, at least 0. Default: 1.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>The group's own weight decay, at least 0; null for the optimiser's. Default: null.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
