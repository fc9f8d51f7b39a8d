namespace Sequor.Configuration;

/// <summary>The optimiser: <c>training.optimizer:</c> in the file.</summary>
public sealed record OptimizerConfiguration
{
    internal static Schema<OptimizerConfiguration> Schema { get; } = new Schema<OptimizerConfiguration>(_ => new())
        .Choice("name",
            new(("adam", OptimizerChoice.Adam), ("adamw", OptimizerChoice.AdamW), ("sgd", OptimizerChoice.Sgd),
                ("adagrad", OptimizerChoice.Adagrad), ("adafactor", OptimizerChoice.Adafactor)),
            c => c.Name, (c, v) => c with { Name = v })
        .Number("beta1", NumberBounds.Rate, c => c.Beta1, (c, v) => c with { Beta1 = v })
        .Number("beta2", NumberBounds.Rate, c => c.Beta2, (c, v) => c with { Beta2 = v })
        .Number("epsilon", NumberBounds.Positive, c => c.Epsilon, (c, v) => c with { Epsilon = v }, "eps")
        .Number("weight_decay", NumberBounds.NotNegative, c => c.WeightDecay, (c, v) => c with { WeightDecay = v })
        .Number("momentum", NumberBounds.Rate, c => c.Momentum, (c, v) => c with { Momentum = v })
        .Number("decay_exponent", NumberBounds.NotNegative, c => c.DecayExponent, (c, v) => c with { DecayExponent = v })
        .Number("epsilon1", NumberBounds.Positive, c => c.Epsilon1, (c, v) => c with { Epsilon1 = v })
        .Number("epsilon2", NumberBounds.Positive, c => c.Epsilon2, (c, v) => c with { Epsilon2 = v })
        .Number("clip_threshold", NumberBounds.Positive, c => c.ClipThreshold, (c, v) => c with { ClipThreshold = v })
        .Boolean("scale_parameter", c => c.ScaleParameter, (c, v) => c with { ScaleParameter = v })
        .Boolean("relative_step", c => c.RelativeStep, (c, v) => c with { RelativeStep = v });

    /// <summary>Which optimiser. Default: <see cref="OptimizerChoice.Adam"/>.</summary>
    public OptimizerChoice Name { get; init; } = OptimizerChoice.Adam;

    /// <summary>How slowly Adam's mean forgets, from 0 to below 1. Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly Adam's mean square forgets, from 0 to below 1. Default: 0.98.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>Added to the root of the mean square, above 0. Default: 1e-9.</summary>
    public double Epsilon { get; init; } = 1e-9;

    /// <summary>
    /// Weight decay, at least 0. <c>adam</c>, <c>sgd</c> and <c>adagrad</c> add it times the weight to the gradient, after clipping: L2, as a
    /// penalty of half of it times the squared weights per update. <c>adamw</c> and <c>adafactor</c> shrink the weights apart from the gradient
    /// (Loshchilov and Hutter 2019). Default: 0.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Momentum of SGD, and the decay of Adafactor's first moment, from 0 to below 1; 0 keeps none. Default: 0.</summary>
    public double Momentum { get; init; }

    /// <summary>Adafactor: the exponent c of its second moments' decay 1 - t^-c, at least 0. Default: 0.8.</summary>
    public double DecayExponent { get; init; } = 0.8;

    /// <summary>Adafactor: added to squared gradients, above 0. Default: 1e-30.</summary>
    public double Epsilon1 { get; init; } = 1e-30;

    /// <summary>Adafactor: the least root mean square that weights are taken to have, above 0. Default: 0.001.</summary>
    public double Epsilon2 { get; init; } = 1e-3;

    /// <summary>Adafactor: the greatest root mean square of an update before the step size, above 0. Default: 1.</summary>
    public double ClipThreshold { get; init; } = 1;

    /// <summary>Adafactor: whether steps are relative to the root mean square of the weights. Default: true.</summary>
    public bool ScaleParameter { get; init; } = true;

    /// <summary>
    /// Adafactor: whether the learning rate of update t is min(0.01, 1 / √t) as in the paper; <c>schedule</c>, <c>learning_rate</c> and warm-up are
    /// then not used. Default: true.
    /// </summary>
    public bool RelativeStep { get; init; } = true;

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
