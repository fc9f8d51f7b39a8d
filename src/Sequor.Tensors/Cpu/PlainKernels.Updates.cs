using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void Adam(
        Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments, in AdamSettings settings) =>
        Updates.Adam(weights.Span, gradients.Span, firstMoments.Span, secondMoments.Span, settings);

    public void Sgd(Storage<float> weights, Storage<float> gradients, Storage<float> velocity, in SgdSettings settings) =>
        Updates.Sgd(weights.Span, gradients.Span, velocity.Span, settings);

    public void Adagrad(
        Storage<float> weights, Storage<float> gradients, Storage<float> sums, float rate, float epsilon, float gradientScale, float weightDecay) =>
        Updates.Adagrad(weights.Span, gradients.Span, sums.Span, rate, epsilon, gradientScale, weightDecay);

    public void FactoredMoments(
        in Matrix gradients, float gradientScale, float decay, float epsilon, Storage<float> rowMeans, Storage<float> columnMeans) =>
        FactoredUpdates.Moments(gradients, gradientScale, decay, epsilon, rowMeans.Span, columnMeans.Span);

    public void FactoredStep(
        in Matrix gradients, float gradientScale, Storage<float> rowMeans, Storage<float> columnMeans, Storage<float> step) =>
        FactoredUpdates.Step(gradients, gradientScale, rowMeans.Span, columnMeans.Span, step.Span);

    public void SquaredMoments(Storage<float> gradients, float gradientScale, float decay, float epsilon, Storage<float> moments) =>
        FactoredUpdates.SquaredMoments(gradients.Span, gradientScale, decay, epsilon, moments.Span);

    public void MomentStep(Storage<float> gradients, float gradientScale, Storage<float> moments, Storage<float> step) =>
        FactoredUpdates.MomentStep(gradients.Span, gradientScale, moments.Span, step.Span);
}
