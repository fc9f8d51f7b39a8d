using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void CellForward(in CellStep step)
    {
        long start = KernelClock.Now;
        _kernels.CellForward(step);
        _clock.Add(start, Count(step) + step.Gates.Length);
    }

    public void CellBackward(in CellStep step, in CellGradients gradients)
    {
        long start = KernelClock.Now;
        _kernels.CellBackward(step, gradients);
        long written = gradients.Inputs.Length + gradients.Products.Length + (2 * (gradients.PreviousHidden.Length + gradients.PreviousCell.Length));
        _clock.Add(start, Count(step) + gradients.Hidden.Length + gradients.State.Length + written);
    }

    public void ResetForward(in CellStep step, Storage<float> reset)
    {
        long start = KernelClock.Now;
        _kernels.ResetForward(step, reset);
        _clock.Add(start, step.Inputs.Length + step.Gates.Length + step.PreviousHidden.Length + reset.Length);
    }

    public void ResetBackward(in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPreviousHidden)
    {
        long start = KernelClock.Now;
        _kernels.ResetBackward(step, dReset, dInputs, dPreviousHidden);
        _clock.Add(start, (3 * dReset.Length) + step.PreviousHidden.Length + (2 * dPreviousHidden.Length));
    }

    public void Zoneout(Storage<float> previous, Storage<float> x, Storage<float> y, int width, in DropoutMask mask)
    {
        long start = KernelClock.Now;
        _kernels.Zoneout(previous, x, y, width, mask);
        _clock.Add(start, previous.Length + x.Length + y.Length);
    }

    public void ZoneoutBackward(Storage<float> dy, Storage<float> dPrevious, int width, in DropoutMask mask)
    {
        long start = KernelClock.Now;
        _kernels.ZoneoutBackward(dy, dPrevious, width, mask);
        _clock.Add(start, 2 * (dy.Length + dPrevious.Length));
    }

    public void AddNoise(Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey)
    {
        long start = KernelClock.Now;
        _kernels.AddNoise(x, deviation, width, rowKeys, siteKey);
        _clock.Add(start, 2 * x.Length);
    }

    private static long Count(in CellStep step) =>
        step.Inputs.Length + step.Gates.Length + step.PreviousHidden.Length + step.PreviousCell.Length + step.Hidden.Length + step.State.Length;
}
