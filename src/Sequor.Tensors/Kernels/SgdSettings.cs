namespace Sequor.Tensors.Kernels;

/// <summary>The numbers of one update of stochastic gradient descent, in PyTorch's convention: v ← momentum·v + g; w ← w - lr·v.</summary>
/// <param name="LearningRate">Step size of this update.</param>
/// <param name="Momentum">Decay of the velocity, 0 (none) to 1.</param>
/// <param name="GradientScale">Factor on the gradient before anything else.</param>
/// <param name="WeightDecay">Added to the gradient as decay × weight.</param>
public readonly record struct SgdSettings(float LearningRate, float Momentum, float GradientScale, float WeightDecay);
