using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>What additive scores are made of, e[r, j] = vᵀ tanh(q[r] + k[j] + U f[r, j]), or the gradients of all that.</summary>
/// <param name="Queries">[R, A].</param>
/// <param name="Keys">[M, A].</param>
/// <param name="ScoreWeights">v, [A].</param>
/// <param name="Features">f, numbers of each query row about each source position, [R, L, F]; or empty.</param>
/// <param name="FeatureWeights">U, [A, F]; or empty.</param>
/// <param name="Units">A.</param>
/// <param name="FeatureCount">F, 0 without features.</param>
public readonly record struct AdditiveTerms(
    Storage<float> Queries,
    Storage<float> Keys,
    Storage<float> ScoreWeights,
    Storage<float> Features,
    Storage<float> FeatureWeights,
    int Units,
    int FeatureCount);
