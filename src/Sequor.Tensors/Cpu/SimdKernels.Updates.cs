using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void Adam(
        Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments, in AdamSettings settings) =>
        Updates.Adam(_pool, weights, gradients, firstMoments, secondMoments, settings);

    public void Sgd(Storage<float> weights, Storage<float> gradients, Storage<float> velocity, in SgdSettings settings) =>
        Updates.Sgd(_pool, weights, gradients, velocity, settings);

    public void Adagrad(
        Storage<float> weights, Storage<float> gradients, Storage<float> sums, float rate, float epsilon, float gradientScale, float weightDecay) =>
        Updates.Adagrad(_pool, weights, gradients, sums, rate, epsilon, gradientScale, weightDecay);

    public void FactoredMoments(
        in Matrix gradients, float gradientScale, float decay, float epsilon, Storage<float> rowMeans, Storage<float> columnMeans) =>
        FactoredUpdates.Moments(_pool, gradients, gradientScale, decay, epsilon, rowMeans, columnMeans.Span);

    public void FactoredStep(
        in Matrix gradients, float gradientScale, Storage<float> rowMeans, Storage<float> columnMeans, Storage<float> step) =>
        FactoredUpdates.Step(_pool, gradients, gradientScale, rowMeans.Span, columnMeans.Span, step);

    public void SquaredMoments(Storage<float> gradients, float gradientScale, float decay, float epsilon, Storage<float> moments) =>
        FactoredUpdates.SquaredMoments(_pool, gradients, gradientScale, decay, epsilon, moments);

    public void MomentStep(Storage<float> gradients, float gradientScale, Storage<float> moments, Storage<float> step) =>
        FactoredUpdates.MomentStep(_pool, gradients, gradientScale, moments, step);
}
