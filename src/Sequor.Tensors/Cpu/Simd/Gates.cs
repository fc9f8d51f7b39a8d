using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Gated linear units (Shazeer 2020): one half of a row opens and closes the other.</summary>
internal static unsafe class Gates
{
    internal static void Forward(WorkerPool pool, Activation activation, Storage<float> x, Storage<float> y, int width)
    {
        switch (activation)
        {
            case Activation.Relu:
                Forward<Relu>(pool, x, y, width);
                break;
            case Activation.Gelu:
                Forward<Gelu>(pool, x, y, width);
                break;
            case Activation.Silu:
                Forward<Silu>(pool, x, y, width);
                break;
            case Activation.Tanh:
                Forward<Tanh>(pool, x, y, width);
                break;
            case Activation.Sigmoid:
                Forward<Sigmoid>(pool, x, y, width);
                break;
            default:
                Forward<Identity>(pool, x, y, width);
                break;
        }
    }

    internal static void Backward(
        WorkerPool pool, Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate)
    {
        switch (activation)
        {
            case Activation.Relu:
                Backward<Relu>(pool, x, dy, dx, width, accumulate);
                break;
            case Activation.Gelu:
                Backward<Gelu>(pool, x, dy, dx, width, accumulate);
                break;
            case Activation.Silu:
                Backward<Silu>(pool, x, dy, dx, width, accumulate);
                break;
            case Activation.Tanh:
                Backward<Tanh>(pool, x, dy, dx, width, accumulate);
                break;
            case Activation.Sigmoid:
                Backward<Sigmoid>(pool, x, dy, dx, width, accumulate);
                break;
            default:
                Backward<Identity>(pool, x, dy, dx, width, accumulate);
                break;
        }
    }

    private static void Forward<TActivation>(WorkerPool pool, Storage<float> x, Storage<float> y, int width)
        where TActivation : struct, IActivation =>
        VectorWork.Run(pool, new ForwardWork<TActivation>(x, y, width), RowItems(y, width));

    private static void Backward<TActivation>(
        WorkerPool pool, Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate)
        where TActivation : struct, IActivation =>
        VectorWork.Run(pool, new BackwardWork<TActivation>(x, dy, dx, width, accumulate), RowItems(dy, width));

    private static int RowItems(Storage<float> rows, int width) =>
        VectorWork.Items(rows.Length / width, VectorWork.RowsPerItem(width));

    private readonly struct ForwardWork<TActivation>(Storage<float> x, Storage<float> y, int width) : IVectorWork
        where TActivation : struct, IActivation
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, y.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* gates = (float*)x.Address + (row * 2 * width);
                Loop.Map<Opened<TActivation>, TFloats>(default, gates, gates + width, (float*)y.Address + (row * width), width);
            }
        }
    }

    private readonly struct BackwardWork<TActivation>(
        Storage<float> x, Storage<float> dy, Storage<float> dx, int width, bool accumulate) : IVectorWork
        where TActivation : struct, IActivation
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, dy.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* gates = (float*)x.Address + (row * 2 * width);
                float* gradients = (float*)dy.Address + (row * width);
                float* dGates = (float*)dx.Address + (row * 2 * width);
                Loop.MapOrAdd<GateSlope<TActivation>, TFloats>(default, gates, gates + width, gradients, dGates, width, accumulate);
                Loop.MapOrAdd<Opened<TActivation>, TFloats>(default, gates, gradients, dGates + width, width, accumulate);
            }
        }
    }

    private readonly struct GateSlope<TActivation> : IMap3
        where TActivation : struct, IActivation
    {
        public TFloats Of<TFloats>(TFloats gate, TFloats value, TFloats dy)
            where TFloats : struct, IFloats<TFloats> => dy * value * TActivation.Derivative(gate);
    }

    private readonly struct Opened<TActivation> : IMap2
        where TActivation : struct, IActivation
    {
        public TFloats Of<TFloats>(TFloats gate, TFloats value)
            where TFloats : struct, IFloats<TFloats> => TActivation.Of(gate) * value;
    }
}
