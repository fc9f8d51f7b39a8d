namespace Sequor.Tensors.Kernels;

/// <summary>The numbers of one Adam update (Kingma and Ba 2015; decoupled decay: Loshchilov and Hutter 2019).</summary>
/// <param name="LearningRate">Step size of this update.</param>
/// <param name="Beta1">Decay of the first moment, 0 to 1.</param>
/// <param name="Beta2">Decay of the second moment, 0 to 1.</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="Correction1">1 - Beta1^t.</param>
/// <param name="Correction2">1 - Beta2^t.</param>
/// <param name="GradientScale">Factor on the gradient before anything else (normalisation and clipping in one).</param>
/// <param name="CoupledDecay">Added to the gradient as decay × weight (L2, as in Adam).</param>
/// <param name="DecoupledDecay">Weights shrink by learning rate × this before the step (AdamW).</param>
public readonly record struct AdamSettings(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float Correction1, float Correction2,
    float GradientScale, float CoupledDecay, float DecoupledDecay);
