using Sequor.Tensors.Autograd;

namespace Sequor.Optimizers;

/// <summary>Parameters that are updated alike.</summary>
/// <param name="Parameters">The parameters; frozen ones are passed over.</param>
/// <param name="LearningRateFactor">Their learning rate is the schedule's times this. Default 1.</param>
/// <param name="WeightDecay">Their decay; null takes the optimiser's.</param>
public sealed record ParameterGroup(IReadOnlyList<Parameter> Parameters, float LearningRateFactor = 1, float? WeightDecay = null);
