using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Optimizers;

/// <summary>Turns gradients into new weights.</summary>
public abstract class Optimizer
{
    private readonly List<OptimizerState> _state = [];

    /// <summary>Makes an optimiser over all parameters of a set.</summary>
    /// <param name="parameters">The parameters, with memory.</param>
    /// <param name="groups">Groups with rates and decays of their own; parameters in none of them form one more.</param>
    /// <exception cref="ArgumentException">A parameter is in two groups.</exception>
    protected Optimizer(ParameterSet parameters, IReadOnlyList<ParameterGroup>? groups)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        groups ??= [];
        var named = new HashSet<Parameter>();
        foreach (Parameter parameter in groups.SelectMany(group => group.Parameters))
        {
            if (!named.Add(parameter))
            {
                throw new ArgumentException($"The parameter {parameter.Names[0]} is in two groups; it would be updated twice.", nameof(groups));
            }
        }

        Groups = [.. groups, new ParameterGroup([.. parameters.All.Where(parameter => !named.Contains(parameter))])];
    }

    /// <summary>Updates made so far.</summary>
    public long Updates { get; set; }

    /// <summary>What must be saved so that a resumed run goes on in the same bits.</summary>
    public IReadOnlyList<OptimizerState> State => _state;

    /// <summary>The parameters.</summary>
    protected ParameterSet Parameters { get; }

    /// <summary>The groups, the rest included.</summary>
    protected IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Makes one update from the gradients, then clears them.</summary>
    /// <param name="learningRate">The step size.</param>
    /// <param name="gradientScale">The factor on every gradient: 1 over the target tokens, times the clipping factor.</param>
    public void Update(float learningRate, float gradientScale)
    {
        Updates++;
        foreach (ParameterGroup group in Groups)
        {
            foreach (Parameter parameter in group.Parameters)
            {
                if (!parameter.IsFrozen)
                {
                    Update(parameter, learningRate * group.LearningRateFactor, gradientScale, group.WeightDecay);
                }
            }
        }

        Parameters.ClearGradients();
        Parameters.MarkChanged();
    }

    /// <summary>Updates one parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="learningRate">The step size, the group's factor included.</param>
    /// <param name="gradientScale">The factor on the gradient.</param>
    /// <param name="weightDecay">The group's decay; null for the optimiser's.</param>
    protected abstract void Update(Parameter parameter, float learningRate, float gradientScale, float? weightDecay);

    /// <summary>Takes a buffer laid out as the weights, zeros, saved with checkpoints: one tensor for each stored name.</summary>
    /// <param name="name">What stands before each name in the checkpoint.</param>
    protected Tensor AddState(string name)
    {
        Tensor values = Tensor.Zeros(Parameters.Values.Shape, Parameters.Device);
        foreach (Parameter parameter in Parameters.All)
        {
            for (int part = 0; part < parameter.Names.Count; part++)
            {
                Shape shape = parameter.PartShape;
                _state.Add(new OptimizerState($"{name}.{parameter.Names[part]}", shape, values, parameter.Offset + (part * shape.Count)));
            }
        }

        return values;
    }

    /// <summary>Takes a tensor of a shape of its own, zeros, saved with checkpoints.</summary>
    /// <param name="name">Its name in the checkpoint, whole.</param>
    /// <param name="shape">Its sizes.</param>
    protected Tensor AddState(string name, Shape shape)
    {
        Tensor values = Tensor.Zeros(shape, Parameters.Device);
        _state.Add(new OptimizerState(name, shape, values, 0));
        return values;
    }
}
