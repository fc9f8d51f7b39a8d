using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void Fill(Storage<float> x, float value) => Elementwise.Fill(_pool, x, value);

    public void Copy(Storage<float> from, Storage<float> to) => Elementwise.Copy(_pool, from, to);

    public void CopyMatrix(in Matrix from, in Matrix to, bool accumulate) => Simd.CopyMatrix.Run(_pool, from, to, accumulate);

    public void Add(Storage<float> a, Storage<float> b, Storage<float> result) => Elementwise.Add(_pool, a, b, result);

    public void Multiply(Storage<float> a, Storage<float> b, Storage<float> result, bool accumulate) =>
        Elementwise.Multiply(_pool, a, b, result, accumulate);

    public void Scale(Storage<float> x, float scale, Storage<float> result, bool accumulate) =>
        Elementwise.Scale(_pool, x, scale, result, accumulate);

    public void MovingAverage(Storage<float> x, float decay, Storage<float> target) =>
        Elementwise.MovingAverage(_pool, x, decay, target);

    public void Activate(Activation activation, Storage<float> x, Storage<float> y) =>
        Activations.Forward(_pool, activation, x, y);

    public void ActivateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, bool accumulate) =>
        Activations.Backward(_pool, activation, x, dy, dx, accumulate);

    public void Gate(Activation activation, Storage<float> x, Storage<float> y, int width) =>
        Gates.Forward(_pool, activation, x, y, width);

    public void GateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Gates.Backward(_pool, activation, x, dy, dx, width, accumulate);

    public void Dropout(Storage<float> x, Storage<float> residual, Storage<float> y, int width, in DropoutMask mask) =>
        Simd.Dropout.Forward(_pool, x, residual, y, width, mask);

    public void DropoutBackward(Storage<float> dy, Storage<float> dx, int width, in DropoutMask mask, bool accumulate) =>
        Simd.Dropout.Backward(_pool, dy, dx, width, mask, accumulate);
}
