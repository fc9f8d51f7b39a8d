using System.Numerics.Tensors;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>Work on each number alone, at the sizes of a feed-forward block and of a residual sum.</summary>
internal static class ElementwiseCases
{
    private const int Rows = 4000;
    private const int Width = 256;
    private const long Count = (long)Rows * Width;
    private const string Size = "[4000, 256]";

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        Case("fill", 1, o => Work(o, (k, x, y) => k.Fill(y, 0), (x, y) => y.Span.Clear())),
        Case("copy", 2, o => Work(o, (k, x, y) => k.Copy(x, y), (x, y) => x.Span.CopyTo(y.Span))),
        Case("add", 3, o => Work(o, (k, x, y) => k.Add(x, y, y), (x, y) => TensorPrimitives.Add(x.Span, y.Span, y.Span))),
        Case("multiply", 3, o => Work(o, (k, x, y) => k.Multiply(x, y, y, false), (x, y) => TensorPrimitives.Multiply(x.Span, y.Span, y.Span))),
        Case("scale", 2, o => Work(o, (k, x, y) => k.Scale(x, 0.5f, y, false), (x, y) => TensorPrimitives.Multiply(x.Span, 0.5f, y.Span))),
        Case("scale and add", 3, o => Work(
            o, (k, x, y) => k.Scale(x, 1e-9f, y, true), (x, y) => TensorPrimitives.MultiplyAdd(x.Span, 1e-9f, y.Span, y.Span))),
        Case("moving average", 3, o => Work(o, (k, x, y) => k.MovingAverage(x, 0.999f, y), null)),
        Activate(Activation.Relu, (x, y) => TensorPrimitives.Max(x.Span, 0, y.Span)),
        Activate(Activation.Gelu, null),
        Activate(Activation.Silu, null),
        Activate(Activation.Tanh, (x, y) => TensorPrimitives.Tanh(x.Span, y.Span)),
        Activate(Activation.Sigmoid, (x, y) => TensorPrimitives.Sigmoid(x.Span, y.Span)),
        ActivateBackward(Activation.Relu),
        ActivateBackward(Activation.Gelu),
        ActivateBackward(Activation.Tanh),
        Case("gate, silu", 3, o =>
        {
            (Storage<float> x, Storage<float> y) = (o.Numbers(2 * Count), o.Numbers(Count));
            return new(k => k.Gate(Activation.Silu, x, y, Width));
        }),
        Case("gate, silu, backward", 5, o =>
        {
            (Storage<float> x, Storage<float> dy, Storage<float> dx) = (o.Numbers(2 * Count), o.Numbers(Count), o.Numbers(2 * Count));
            return new(k => k.GateBackward(Activation.Silu, x, dy, dx, Width, false));
        }),
        Case("dropout and residual", 3, o =>
        {
            DropoutMask mask = new(o.Keys(Rows), 7, 0.3f);
            (Storage<float> x, Storage<float> residual, Storage<float> y) = (o.Numbers(Count), o.Numbers(Count), o.Numbers(Count));
            return new(k => k.Dropout(x, residual, y, Width, mask));
        }),
        Case("dropout, backward", 2, o =>
        {
            DropoutMask mask = new(o.Keys(Rows), 7, 0.3f);
            (Storage<float> dy, Storage<float> dx) = (o.Numbers(Count), o.Numbers(Count));
            return new(k => k.DropoutBackward(dy, dx, Width, mask, false));
        }),
        Case("rotate, 8 heads", 2, o =>
        {
            (Matrix x, Matrix y, Storage<int> positions) = (o.Rows(Rows, Width), o.Rows(Rows, Width), o.Ids(Rows, 40));
            return new(k => k.Rotate(x, y, positions, Width / 8, 10_000, false));
        }),
    ];

    private static KernelCase Case(string name, int passes, Func<Operands, KernelWork> prepare) =>
        new(name, Size, Count, Count * sizeof(float) * passes, prepare);

    private static KernelWork Work(
        Operands operands, Action<IKernels, Storage<float>, Storage<float>> run, Action<Storage<float>, Storage<float>>? primitives)
    {
        (Storage<float> x, Storage<float> y) = (operands.Numbers(Count), operands.Numbers(Count));
        return new(kernels => run(kernels, x, y), primitives is null ? null : () => primitives(x, y));
    }

    private static KernelCase Activate(Activation activation, Action<Storage<float>, Storage<float>>? primitives) =>
        Case(NameOf(activation), 2, o => Work(o, (k, x, y) => k.Activate(activation, x, y), primitives));

    private static KernelCase ActivateBackward(Activation activation) => Case($"{NameOf(activation)}, backward", 3, o =>
    {
        (Storage<float> x, Storage<float> dy, Storage<float> dx) = (o.Numbers(Count), o.Numbers(Count), o.Numbers(Count));
        return new(k => k.ActivateBackward(activation, x, dy, dx, false));
    });

    private static string NameOf(Activation activation) => activation.ToString().ToLowerInvariant();
}
