using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void CellForward(in CellStep step) => Cells.Forward(_pool, step);

    public void CellBackward(in CellStep step, in CellGradients gradients) => CellsBackward.Run(_pool, step, gradients);

    public void ResetForward(in CellStep step, Storage<float> reset) => Cells.ResetForward(_pool, step, reset);

    public void ResetBackward(in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPreviousHidden) =>
        CellsBackward.Reset(_pool, step, dReset, dInputs, dPreviousHidden);

    public void Zoneout(Storage<float> previous, Storage<float> x, Storage<float> y, int width, in DropoutMask mask) =>
        Simd.Zoneout.Forward(_pool, previous, x, y, width, mask);

    public void ZoneoutBackward(Storage<float> dy, Storage<float> dPrevious, int width, in DropoutMask mask) =>
        Simd.Zoneout.Backward(_pool, dy, dPrevious, width, mask);

    public void AddNoise(Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey) =>
        Noise.Add(_pool, x, deviation, width, rowKeys, siteKey);
}
