using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void Fill(Storage<float> x, float value)
    {
        long start = KernelClock.Now;
        _kernels.Fill(x, value);
        _clock.Add(start, x.Length);
    }

    public void Copy(Storage<float> from, Storage<float> to)
    {
        long start = KernelClock.Now;
        _kernels.Copy(from, to);
        _clock.Add(start, from.Length + to.Length);
    }

    public void CopyMatrix(in Matrix from, in Matrix to, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.CopyMatrix(from, to, accumulate);
        _clock.Add(start, Count(from) + Written(to, accumulate));
    }

    public void Add(Storage<float> a, Storage<float> b, Storage<float> result)
    {
        long start = KernelClock.Now;
        _kernels.Add(a, b, result);
        _clock.Add(start, 3 * result.Length);
    }

    public void Multiply(Storage<float> a, Storage<float> b, Storage<float> result, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.Multiply(a, b, result, accumulate);
        _clock.Add(start, a.Length + b.Length + Written(result, accumulate));
    }

    public void Scale(Storage<float> x, float scale, Storage<float> result, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.Scale(x, scale, result, accumulate);
        _clock.Add(start, x.Length + Written(result, accumulate));
    }

    public void MovingAverage(Storage<float> x, float decay, Storage<float> target)
    {
        long start = KernelClock.Now;
        _kernels.MovingAverage(x, decay, target);
        _clock.Add(start, x.Length + (2 * target.Length));
    }

    public void Activate(Activation activation, Storage<float> x, Storage<float> y)
    {
        long start = KernelClock.Now;
        _kernels.Activate(activation, x, y);
        _clock.Add(start, x.Length + y.Length);
    }

    public void ActivateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.ActivateBackward(activation, x, dy, dx, accumulate);
        _clock.Add(start, x.Length + dy.Length + Written(dx, accumulate));
    }

    public void Gate(Activation activation, Storage<float> x, Storage<float> y, int width)
    {
        long start = KernelClock.Now;
        _kernels.Gate(activation, x, y, width);
        _clock.Add(start, x.Length + y.Length);
    }

    public void GateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.GateBackward(activation, x, dy, dx, width, accumulate);
        _clock.Add(start, x.Length + dy.Length + Written(dx, accumulate));
    }

    public void Dropout(Storage<float> x, Storage<float> residual, Storage<float> y, int width, in DropoutMask mask)
    {
        long start = KernelClock.Now;
        _kernels.Dropout(x, residual, y, width, mask);
        _clock.Add(start, x.Length + residual.Length + y.Length);
    }

    public void DropoutBackward(Storage<float> dy, Storage<float> dx, int width, in DropoutMask mask, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.DropoutBackward(dy, dx, width, mask, accumulate);
        _clock.Add(start, dy.Length + Written(dx, accumulate));
    }
}
