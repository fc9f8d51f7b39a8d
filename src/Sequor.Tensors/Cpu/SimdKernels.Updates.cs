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
}
