using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void Fill(Storage<float> x, float value) => x.Span.Fill(value);

    public void Copy(Storage<float> from, Storage<float> to) => from.Span.CopyTo(to.Span);

    public void CopyMatrix(in Matrix from, in Matrix to, bool accumulate) => Plain.CopyMatrix.Run(from, to, accumulate);

    public void Add(Storage<float> a, Storage<float> b, Storage<float> result) => Elementwise.Add(a.Span, b.Span, result.Span);

    public void Multiply(Storage<float> a, Storage<float> b, Storage<float> result, bool accumulate) =>
        Elementwise.Multiply(a.Span, b.Span, result.Span, accumulate);

    public void Scale(Storage<float> x, float scale, Storage<float> result, bool accumulate) =>
        Elementwise.Scale(x.Span, scale, result.Span, accumulate);

    public void MovingAverage(Storage<float> x, float decay, Storage<float> target) =>
        Elementwise.MovingAverage(x.Span, decay, target.Span);

    public void Activate(Activation activation, Storage<float> x, Storage<float> y) =>
        Activations.Forward(activation, x.Span, y.Span);

    public void ActivateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, bool accumulate) =>
        Activations.Backward(activation, x.Span, dy.Span, dx.Span, accumulate);

    public void Gate(Activation activation, Storage<float> x, Storage<float> y, int width) =>
        Gates.Forward(activation, x.Span, y.Span, width);

    public void GateBackward(Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Gates.Backward(activation, x.Span, dy.Span, dx.Span, width, accumulate);

    public void Dropout(Storage<float> x, Storage<float> residual, Storage<float> y, int width, in DropoutMask mask) =>
        Plain.Dropout.Forward(x.Span, residual.Span, y.Span, width, mask);

    public void DropoutBackward(Storage<float> dy, Storage<float> dx, int width, in DropoutMask mask, bool accumulate) =>
        Plain.Dropout.Backward(dy.Span, dx.Span, width, mask, accumulate);
}
