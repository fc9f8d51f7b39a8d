namespace Sequor.Tensors;

/// <summary>The numbers of one Adafactor update (Shazeer and Stern 2018, algorithms 4 and 5).</summary>
/// <param name="LearningRate">The relative step size ρ of this update; the step size itself where <paramref name="ScaleParameter"/> is false.</param>
/// <param name="Beta1">Decay of the first moment, 0 to below 1; 0 for none.</param>
/// <param name="Beta2">Decay of the second moments in this update, 0 to 1.</param>
/// <param name="Epsilon1">Added to squared gradients.</param>
/// <param name="Epsilon2">The least size that weights are taken to have.</param>
/// <param name="ClipThreshold">The greatest root mean square of an update before the step size.</param>
/// <param name="GradientScale">Factor on the gradient before anything else.</param>
/// <param name="WeightDecay">Weights shrink by step size × this before the step.</param>
/// <param name="ScaleParameter">Whether steps are relative to the root mean square of the weights.</param>
public readonly record struct AdafactorSettings(
    float LearningRate, float Beta1, float Beta2, float Epsilon1, float Epsilon2, float ClipThreshold,
    float GradientScale, float WeightDecay, bool ScaleParameter);
