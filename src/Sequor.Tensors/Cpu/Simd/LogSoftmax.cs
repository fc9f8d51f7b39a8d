using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The logarithm of softmax, row by row. A row's bits depend on its own numbers and length only.</summary>
internal static unsafe class LogSoftmax
{
    internal static void Forward(WorkerPool pool, Storage<float> x, Storage<float> y, int width) =>
        VectorWork.Run(pool, new ForwardWork(x, y, width), RowItems(x, width));

    internal static void Backward(WorkerPool pool, Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        VectorWork.Run(pool, new BackwardWork(y, dy, dx, width, accumulate), RowItems(y, width));

    /// <summary>log Σ exp(x - greatest); NaN when a number is NaN or the greatest is infinite.</summary>
    internal static float LogarithmOfSum<TFloats>(float* x, int width, float greatest)
        where TFloats : struct, IFloats<TFloats> => (float)Math.Log(Reduce.Sum<Power, TFloats>(new Power(greatest), x, width));

    private static int RowItems(Storage<float> rows, int width) =>
        VectorWork.Items(rows.Length / width, VectorWork.RowsPerItem(width));

    private readonly struct ForwardWork(Storage<float> x, Storage<float> y, int width) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* from = (float*)x.Address + (row * width);
                float greatest = Reduce.Greatest<TFloats>(from, width);
                float logarithm = LogarithmOfSum<TFloats>(from, width, greatest);
                Loop.Map<Less, TFloats>(new Less(greatest, logarithm), from, (float*)y.Address + (row * width), width);
            }
        }
    }

    private readonly struct BackwardWork(
        Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, y.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)y.Address + (row * width);
                float* gradients = (float*)dy.Address + (row * width);
                float* results = (float*)dx.Address + (row * width);
                Slope slope = new(Reduce.Sum<Elementwise.Same, TFloats>(default, gradients, width));
                Loop.MapOrAdd<Slope, TFloats>(slope, values, gradients, results, width, accumulate);
            }
        }
    }

    // exp(x - greatest).
    private readonly struct Power(float greatest) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => Functions.Exp(x - TFloats.Of(greatest));
    }

    // Subtracted one after the other: greatest + logarithm would lose the logarithm's digits when the logits are large.
    private readonly struct Less(float greatest, float logarithm) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => x - TFloats.Of(greatest) - TFloats.Of(logarithm);
    }

    private readonly struct Slope(float sum) : IMap2
    {
        public TFloats Of<TFloats>(TFloats y, TFloats dy)
            where TFloats : struct, IFloats<TFloats> => TFloats.SubtractProduct(Functions.Exp(y), TFloats.Of(sum), dy);
    }
}
