using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void Softmax(Storage<float> x, Storage<float> y, int width)
    {
        long start = KernelClock.Now;
        _kernels.Softmax(x, y, width);
        _clock.Add(start, x.Length + y.Length);
    }

    public void SoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.SoftmaxBackward(y, dy, dx, width, accumulate);
        _clock.Add(start, y.Length + dy.Length + Written(dx, accumulate));
    }

    public void LogSoftmax(Storage<float> x, Storage<float> y, int width)
    {
        long start = KernelClock.Now;
        _kernels.LogSoftmax(x, y, width);
        _clock.Add(start, x.Length + y.Length);
    }

    public void LogSoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.LogSoftmaxBackward(y, dy, dx, width, accumulate);
        _clock.Add(start, y.Length + dy.Length + Written(dx, accumulate));
    }

    public void LayerNorm(
        Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon, Storage<float> y, Storage<float> statistics, int width)
    {
        long start = KernelClock.Now;
        _kernels.LayerNorm(x, gain, bias, epsilon, y, statistics, width);
        _clock.Add(start, x.Length + y.Length + statistics.Length);
    }

    public void LayerNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, Storage<float> dbias, int width)
    {
        long start = KernelClock.Now;
        _kernels.LayerNormBackward(x, gain, statistics, dy, dx, accumulate, dgain, dbias, width);
        _clock.Add(start, x.Length + statistics.Length + dy.Length + Written(dx, accumulate));
    }

    public void RmsNorm(Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width)
    {
        long start = KernelClock.Now;
        _kernels.RmsNorm(x, gain, epsilon, y, statistics, width);
        _clock.Add(start, x.Length + y.Length + statistics.Length);
    }

    public void RmsNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, int width)
    {
        long start = KernelClock.Now;
        _kernels.RmsNormBackward(x, gain, statistics, dy, dx, accumulate, dgain, width);
        _clock.Add(start, x.Length + statistics.Length + dy.Length + Written(dx, accumulate));
    }

    public void ColumnSums(in Matrix x, Storage<float> sums, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.ColumnSums(x, sums, accumulate);
        _clock.Add(start, Count(x) + Written(sums, accumulate));
    }

    public void RowSums(in Matrix x, Storage<float> sums, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.RowSums(x, sums, accumulate);
        _clock.Add(start, Count(x) + Written(sums, accumulate));
    }

    public double Sum(Storage<float> x)
    {
        long start = KernelClock.Now;
        double sum = _kernels.Sum(x);
        _clock.Add(start, x.Length);
        return sum;
    }

    public double SumOfSquares(Storage<float> x)
    {
        long start = KernelClock.Now;
        double sum = _kernels.SumOfSquares(x);
        _clock.Add(start, x.Length);
        return sum;
    }

    public long CountNonFinite(Storage<float> x)
    {
        long start = KernelClock.Now;
        long count = _kernels.CountNonFinite(x);
        _clock.Add(start, x.Length);
        return count;
    }

    public void CrossEntropy(
        Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes)
    {
        long start = KernelClock.Now;
        _kernels.CrossEntropy(logits, targets, smoothing, gradientScale, losses, logLikelihoods, correct, classes);
        _clock.Add(start, Written(logits, accumulate: gradientScale != 0) + (4 * targets.Length));
        _clock.LogitClasses = classes;
    }
}
