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
}
