namespace Sequor.Configuration;

/// <summary>The optimiser: <c>training.optimizer:</c> in the file.</summary>
public sealed record OptimizerConfiguration
{
    internal static Schema<OptimizerConfiguration> Schema { get; } = new Schema<OptimizerConfiguration>(_ => new())
        .Choice("name",
            new(("adam", OptimizerChoice.Adam), ("adamw", OptimizerChoice.AdamW), ("sgd", OptimizerChoice.Sgd),
                ("adagrad", OptimizerChoice.Adagrad)),
            c => c.Name, (c, v) => c with { Name = v })
        .Number("beta1", NumberBounds.Rate, c => c.Beta1, (c, v) => c with { Beta1 = v })
        .Number("beta2", NumberBounds.Rate, c => c.Beta2, (c, v) => c with { Beta2 = v })
        .Number("epsilon", NumberBounds.Positive, c => c.Epsilon, (c, v) => c with { Epsilon = v }, "eps")
        .Number("weight_decay", NumberBounds.NotNegative, c => c.WeightDecay, (c, v) => c with { WeightDecay = v })
        .Number("momentum", NumberBounds.Rate, c => c.Momentum, (c, v) => c with { Momentum = v });

    /// <summary>Which optimiser. Default: <see cref="OptimizerChoice.Adam"/>.</summary>
    public OptimizerChoice Name { get; init; } = OptimizerChoice.Adam;

    /// <summary>How slowly Adam's mean forgets, from 0 to below 1. Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly Adam's mean square forgets, from 0 to below 1. Default: 0.98.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>Added to the root of the mean square, above 0. Default: 1e-9.</summary>
    public double Epsilon { get; init; } = 1e-9;

    /// <summary>Weight decay, at least 0. Default: 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Momentum of SGD, from 0 to below 1. Default: 0.</summary>
    public double Momentum { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
