using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;

namespace Sequor.Optimizers;

/// <summary>The settings of <see cref="Adam"/>.</summary>
public sealed record AdamOptions
{
    /// <summary>Decay of the first moment, 0 to below 1. Default 0.9.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the second moment, 0 to below 1. Default 0.98 (Vaswani et al. 2017, §5.3).</summary>
    public float Beta2 { get; init; } = 0.98f;

    /// <summary>Added to the root of the second moment, above 0. Default 1e-8.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Weight decay, 0 or more; 0 for none. <see cref="Decoupled"/> says which of the two kinds. Default 0.</summary>
    public float WeightDecay { get; init; }

    /// <summary>
    /// Whether weights shrink by learning rate × decay apart from the gradient (AdamW, Loshchilov and Hutter 2019), or decay × weight is added to
    /// the gradient after clipping and goes through both moments (L2). Default false: L2.
    /// </summary>
    public bool Decoupled { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!(Beta1 is >= 0 and < 1) || !(Beta2 is >= 0 and < 1))
        {
            faults.Add($"The decays of Adam's moments are {Beta1} and {Beta2}; both must be 0 or more and below 1.");
        }

        if (!(Epsilon > 0))
        {
            faults.Add($"Adam's epsilon is {Epsilon}; it must be above 0.");
        }

        if (!(WeightDecay >= 0))
        {
            faults.Add($"Adam's weight decay is {WeightDecay}; it must be 0 (off) or more.");
        }

        return faults;
    }
}

/// <summary>Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019).</summary>
public sealed class Adam : Optimizer
{
    private readonly AdamOptions _options;
    private readonly Tensor _first;
    private readonly Tensor _second;

    /// <summary>Makes the optimiser with moments of zero.</summary>
    /// <param name="parameters">What to update.</param>
    /// <param name="options">Its settings; defaults when left out.</param>
    /// <param name="groups">Groups with rates and decays of their own.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, or a parameter is in two groups.</exception>
    public Adam(ParameterSet parameters, AdamOptions? options = null, IReadOnlyList<ParameterGroup>? groups = null)
        : base(parameters, groups)
    {
        _options = options ?? new AdamOptions();
        if (_options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _first = AddState("first_moment");
        _second = AddState("second_moment");
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, float learningRate, float gradientScale, float? weightDecay)
    {
        float decay = weightDecay ?? _options.WeightDecay;
        parameter.Adam(_first, _second, new AdamSettings(
            learningRate, _options.Beta1, _options.Beta2, _options.Epsilon,
            (float)(1 - Math.Pow(_options.Beta1, Updates)), (float)(1 - Math.Pow(_options.Beta2, Updates)),
            gradientScale, _options.Decoupled ? 0 : decay, _options.Decoupled ? decay : 0));
    }
}
