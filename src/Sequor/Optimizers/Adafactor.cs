using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Optimizers;

/// <summary>The settings of <see cref="Adafactor"/>; defaults as in the paper.</summary>
public sealed record AdafactorOptions
{
    /// <summary>Decay of the first moment, 0 to below 1; 0 keeps none, and no memory for it. Default 0.</summary>
    public float Beta1 { get; init; }

    /// <summary>The exponent c, 0 or more, of the second moments' decay at update t, 1 - t^-c. Default 0.8.</summary>
    public double DecayExponent { get; init; } = 0.8;

    /// <summary>ε1, added to squared gradients, above 0. Default 1e-30.</summary>
    public float Epsilon1 { get; init; } = 1e-30f;

    /// <summary>ε2, the least root mean square that weights are taken to have, above 0. Default 1e-3.</summary>
    public float Epsilon2 { get; init; } = 1e-3f;

    /// <summary>The greatest root mean square d of an update before the step size, above 0. Default 1.</summary>
    public float ClipThreshold { get; init; } = 1;

    /// <summary>Weight decay apart from the gradient, 0 or more: weights shrink by step size × this. Default 0.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Whether a weight's step is relative to the root mean square of its tensor. Default true.</summary>
    public bool ScaleParameter { get; init; } = true;

    /// <summary>Every fault of these settings, as sentences; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!(Beta1 is >= 0 and < 1))
        {
            faults.Add($"The decay of Adafactor's first moment is {Beta1}; it must be 0 (off) or more and below 1.");
        }

        if (!(DecayExponent >= 0) || !(WeightDecay >= 0))
        {
            faults.Add($"Adafactor's decay exponent is {DecayExponent} and its weight decay {WeightDecay}; both must be 0 or more.");
        }

        if (!(Epsilon1 > 0) || !(Epsilon2 > 0) || !(ClipThreshold > 0))
        {
            faults.Add($"Adafactor's epsilons are {Epsilon1} and {Epsilon2}, its clipping threshold {ClipThreshold}; all must be above 0.");
        }

        return faults;
    }
}

/// <summary>
/// Adafactor (Shazeer and Stern 2018): of a matrix's squared gradients only the means of rows and of columns are kept, so that the optimiser needs
/// next to no memory. Matrices that lie side by side (query, key and value) are treated one by one, vectors keep all their second moments. The learning
/// rates that the paper proposes are those of <see cref="RelativeStepSchedule"/>.
/// </summary>
public sealed class Adafactor : Optimizer
{
    private readonly AdafactorOptions _options;
    private readonly Dictionary<Parameter, (Tensor Rows, Tensor Columns)[]> _secondMoments = [];
    private readonly Tensor _firstMoments;
    private readonly Tensor _working;

    /// <summary>Makes the optimiser with moments of zero.</summary>
    /// <param name="parameters">What to update.</param>
    /// <param name="options">Its settings; defaults when left out.</param>
    /// <param name="groups">Groups with rates and decays of their own.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges, or a parameter is in two groups.</exception>
    public Adafactor(ParameterSet parameters, AdafactorOptions? options = null, IReadOnlyList<ParameterGroup>? groups = null)
        : base(parameters, groups)
    {
        _options = options ?? new AdafactorOptions();
        if (_options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        foreach (Parameter parameter in parameters.All)
        {
            _secondMoments[parameter] = [.. parameter.Names.Select(name => SecondMoments(name, parameter.PartShape))];
        }

        _firstMoments = _options.Beta1 == 0 ? default : AddState("first_moment");
        long largest = parameters.All.Select(parameter => parameter.PartShape.Count).DefaultIfEmpty(1).Max();
        _working = Tensor.Zeros([checked((int)largest)], parameters.Device);
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, float learningRate, float gradientScale, float? weightDecay)
    {
        var settings = new AdafactorSettings(
            learningRate, _options.Beta1, (float)(1 - Math.Pow(Updates, -_options.DecayExponent)), _options.Epsilon1, _options.Epsilon2,
            _options.ClipThreshold, gradientScale, weightDecay ?? _options.WeightDecay, _options.ScaleParameter);
        (Tensor Rows, Tensor Columns)[] moments = _secondMoments[parameter];
        for (int part = 0; part < moments.Length; part++)
        {
            parameter.Adafactor(part, moments[part].Rows, moments[part].Columns, _firstMoments, _working, settings);
        }
    }

    private (Tensor Rows, Tensor Columns) SecondMoments(string name, Shape shape) => shape.Rank == 2
        ? (AddState($"row_mean.{name}", [shape[0]]), AddState($"column_mean.{name}", [shape[1]]))
        : (AddState($"second_moment.{name}", shape), default);
}
