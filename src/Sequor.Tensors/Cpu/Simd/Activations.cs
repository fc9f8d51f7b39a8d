using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The activation functions and their derivatives, and gates made of them.</summary>
internal static unsafe class Activations
{
    internal static void Forward(WorkerPool pool, Activation activation, Storage<float> x, Storage<float> y)
    {
        switch (activation)
        {
            case Activation.Relu:
                FlatWork.Run(pool, default(Function<Relu>), x, y);
                break;
            case Activation.Gelu:
                FlatWork.Run(pool, default(Function<Gelu>), x, y);
                break;
            case Activation.Silu:
                FlatWork.Run(pool, default(Function<Silu>), x, y);
                break;
            case Activation.Tanh:
                FlatWork.Run(pool, default(Function<Tanh>), x, y);
                break;
            case Activation.Sigmoid:
                FlatWork.Run(pool, default(Function<Sigmoid>), x, y);
                break;
            default:
                FlatWork.Run(pool, default(Function<Identity>), x, y);
                break;
        }
    }

    internal static void Backward(
        WorkerPool pool, Activation activation, Storage<float> x, Storage<float> dy, Storage<float> dx, bool accumulate)
    {
        switch (activation)
        {
            case Activation.Relu:
                FlatWork.RunOrAdd(pool, default(Slope<Relu>), x, dy, dx, accumulate);
                break;
            case Activation.Gelu:
                FlatWork.RunOrAdd(pool, default(Slope<Gelu>), x, dy, dx, accumulate);
                break;
            case Activation.Silu:
                FlatWork.RunOrAdd(pool, default(Slope<Silu>), x, dy, dx, accumulate);
                break;
            case Activation.Tanh:
                FlatWork.RunOrAdd(pool, default(Slope<Tanh>), x, dy, dx, accumulate);
                break;
            case Activation.Sigmoid:
                FlatWork.RunOrAdd(pool, default(Slope<Sigmoid>), x, dy, dx, accumulate);
                break;
            default:
                FlatWork.RunOrAdd(pool, default(Slope<Identity>), x, dy, dx, accumulate);
                break;
        }
    }

    private readonly struct Function<TActivation> : IMap1
        where TActivation : struct, IActivation
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => TActivation.Of(x);
    }

    private readonly struct Slope<TActivation> : IMap2
        where TActivation : struct, IActivation
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy)
            where TFloats : struct, IFloats<TFloats> => dy * TActivation.Derivative(x);
    }
}
