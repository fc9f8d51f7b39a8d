using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;

namespace Sequor.Optimizers;

/// <summary>Stochastic gradient descent with momentum: v ← momentum · v + g, w ← w - rate · v.</summary>
public sealed class Sgd : Optimizer
{
    private readonly float _momentum;
    private readonly float _weightDecay;
    private readonly Tensor _velocity;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What to update.</param>
    /// <param name="momentum">The share of the last step that is made again, 0 to below 1; 0 for none.</param>
    /// <param name="weightDecay">L2, 0 or more; 0 for none: so much of the weight is added to its gradient, after clipping.</param>
    /// <param name="groups">Groups with rates and decays of their own.</param>
    public Sgd(ParameterSet parameters, float momentum = 0, float weightDecay = 0, IReadOnlyList<ParameterGroup>? groups = null)
        : base(parameters, groups)
    {
        (_momentum, _weightDecay) = (momentum, weightDecay);
        _velocity = momentum == 0 ? default : AddState("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(Parameter parameter, float learningRate, float gradientScale, float? weightDecay) =>
        parameter.Sgd(_velocity, new SgdSettings(learningRate, _momentum, gradientScale, weightDecay ?? _weightDecay));
}
