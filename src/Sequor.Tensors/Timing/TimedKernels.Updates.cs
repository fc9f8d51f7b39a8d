using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void Adam(
        Storage<float> weights, Storage<float> gradients, Storage<float> firstMoments, Storage<float> secondMoments, in AdamSettings settings)
    {
        long start = KernelClock.Now;
        _kernels.Adam(weights, gradients, firstMoments, secondMoments, settings);
        _clock.Add(start, 7 * weights.Length);
    }

    public void Sgd(Storage<float> weights, Storage<float> gradients, Storage<float> velocity, in SgdSettings settings)
    {
        long start = KernelClock.Now;
        _kernels.Sgd(weights, gradients, velocity, settings);
        _clock.Add(start, (3 * weights.Length) + (2 * velocity.Length));
    }

    public void Adagrad(
        Storage<float> weights, Storage<float> gradients, Storage<float> sums, float rate, float epsilon, float gradientScale, float weightDecay)
    {
        long start = KernelClock.Now;
        _kernels.Adagrad(weights, gradients, sums, rate, epsilon, gradientScale, weightDecay);
        _clock.Add(start, 5 * weights.Length);
    }

    public void FactoredMoments(
        in Matrix gradients, float gradientScale, float decay, float epsilon, Storage<float> rowMeans, Storage<float> columnMeans)
    {
        long start = KernelClock.Now;
        _kernels.FactoredMoments(gradients, gradientScale, decay, epsilon, rowMeans, columnMeans);
        _clock.Add(start, Count(gradients) + (2 * (rowMeans.Length + columnMeans.Length)));
    }

    public void FactoredStep(
        in Matrix gradients, float gradientScale, Storage<float> rowMeans, Storage<float> columnMeans, Storage<float> step)
    {
        long start = KernelClock.Now;
        _kernels.FactoredStep(gradients, gradientScale, rowMeans, columnMeans, step);
        _clock.Add(start, Count(gradients) + rowMeans.Length + columnMeans.Length + step.Length);
    }

    public void SquaredMoments(Storage<float> gradients, float gradientScale, float decay, float epsilon, Storage<float> moments)
    {
        long start = KernelClock.Now;
        _kernels.SquaredMoments(gradients, gradientScale, decay, epsilon, moments);
        _clock.Add(start, gradients.Length + (2 * moments.Length));
    }

    public void MomentStep(Storage<float> gradients, float gradientScale, Storage<float> moments, Storage<float> step)
    {
        long start = KernelClock.Now;
        _kernels.MomentStep(gradients, gradientScale, moments, step);
        _clock.Add(start, gradients.Length + moments.Length + step.Length);
    }
}
