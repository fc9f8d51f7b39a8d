namespace Sequor.Configuration;

/// <summary>How gradients become new weights.</summary>
public enum OptimizerChoice
{
    /// <summary>Adam (Kingma and Ba 2015); weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,

    /// <summary>Stochastic gradient descent, with momentum when that is above 0.</summary>
    Sgd,

    /// <summary>Adagrad (Duchi et al. 2011).</summary>
    Adagrad,

    /// <summary>Adafactor (Shazeer and Stern 2018), which keeps means of rows and columns instead of second moments.</summary>
    Adafactor,
}

/// <summary>How the learning rate moves.</summary>
public enum ScheduleChoice
{
    /// <summary>It stays, after warm-up.</summary>
    Constant,

    /// <summary>Reached at the end of warm-up, then falling with <c>1 / sqrt(update)</c>.</summary>
    InverseSqrt,

    /// <summary><c>width^-0.5 · min(update^-0.5, update · warmup^-1.5)</c> times the learning rate (Vaswani et al. 2017).</summary>
    Noam,

    /// <summary>A straight line down to the minimum over the decay updates.</summary>
    Linear,

    /// <summary>Half a cosine down to the minimum over the decay updates.</summary>
    Cosine,

    /// <summary>Multiplied by the decay factor at every decay interval.</summary>
    Exponential,

    /// <summary>Multiplied by the decay factor when validation has not improved for the decay patience.</summary>
    Plateau,
}

/// <summary>The validation number that is watched.</summary>
public enum MetricChoice
{
    /// <summary>Label-smoothed loss per token; lower is better.</summary>
    Loss,

    /// <summary>Perplexity per token, without smoothing; lower is better.</summary>
    Perplexity,

    /// <summary>Share of target tokens predicted right under teacher forcing; higher is better.</summary>
    Accuracy,

    /// <summary>BLEU of the decoded output; higher is better.</summary>
    Bleu,

    /// <summary>chrF of the decoded output; higher is better.</summary>
    Chrf,
}

/// <summary>How the weights of a finished model are stored; arithmetic is always of 32 bits.</summary>
public enum StorageChoice
{
    /// <summary>32 bits, nothing lost.</summary>
    Float32,

    /// <summary>IEEE half precision, 16 bits.</summary>
    Float16,

    /// <summary>The upper half of a float, 16 bits.</summary>
    BFloat16,
}
