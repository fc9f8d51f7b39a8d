using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Optimizers;

/// <summary>Adagrad (Duchi et al. 2011): each weight's step shrinks with the sum of its squared gradients.</summary>
public sealed class Adagrad : Optimizer
{
    private readonly float _epsilon;
    private readonly float _weightDecay;
    private readonly Tensor _sums;

    /// <summary>Makes the optimiser with sums of zero.</summary>
    /// <param name="parameters">What to update.</param>
    /// <param name="epsilon">Added to the root of the sum, above 0. Default 1e-10, as in PyTorch.</param>
    /// <param name="weightDecay">L2, 0 or more; 0 for none: so much of the weight is added to its gradient, after clipping.</param>
    /// <param name="groups">Groups with rates and decays of their own.</param>
    public Adagrad(ParameterSet parameters, float epsilon = 1e-10f, float weightDecay = 0, IReadOnlyList<ParameterGroup>? groups = null)
        : base(parameters, groups)
    {
        (_epsilon, _weightDecay) = (epsilon, weightDecay);
        _sums = AddState("squared_sum");
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, float learningRate, float gradientScale, float? weightDecay) =>
        parameter.Adagrad(_sums, learningRate, _epsilon, gradientScale, weightDecay ?? _weightDecay);
}
