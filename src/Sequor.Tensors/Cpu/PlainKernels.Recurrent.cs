using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void CellForward(in CellStep step) => Cells.Forward(step);

    public void CellBackward(in CellStep step, in CellGradients gradients) => CellsBackward.Run(step, gradients);

    public void ResetForward(in CellStep step, Storage<float> reset) => Cells.ResetForward(step, reset.Span);

    public void ResetBackward(in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPreviousHidden) =>
        CellsBackward.Reset(step, dReset.Span, dInputs.Span, dPreviousHidden);

    public void Zoneout(Storage<float> previous, Storage<float> x, Storage<float> y, int width, in DropoutMask mask) =>
        Plain.Zoneout.Forward(previous.Span, x.Span, y.Span, width, mask);

    public void ZoneoutBackward(Storage<float> dy, Storage<float> dPrevious, int width, in DropoutMask mask) =>
        Plain.Zoneout.Backward(dy.Span, dPrevious.Span, width, mask);

    public void AddNoise(Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey) =>
        Noise.Add(x.Span, deviation, width, rowKeys.Span, siteKey);
}
