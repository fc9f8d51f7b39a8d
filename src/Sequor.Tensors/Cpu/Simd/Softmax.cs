using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Softmax and its logarithm, row by row. A row's bits depend on its own numbers and length only.</summary>
internal static unsafe class Softmax
{
    internal static void Forward(WorkerPool pool, Storage<float> x, Storage<float> y, int width) =>
        VectorWork.Run(pool, new ForwardWork(x, y, width), RowItems(x, width));

    internal static void Backward(WorkerPool pool, Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        VectorWork.Run(pool, new BackwardWork(y, dy, dx, width, accumulate), RowItems(y, width));

    /// <summary>y = softmax(scale · x) of one row of any length; y may be x.</summary>
    internal static void Row<TFloats>(float* x, float scale, float* y, int width)
        where TFloats : struct, IFloats<TFloats>
    {
        if (width <= TFloats.Count)
        {
            ShortRow<TFloats>(x, scale, y, width);
            return;
        }

        if (scale != 1)
        {
            Loop.Map<Elementwise.Scaled, TFloats>(new Elementwise.Scaled(scale), x, y, width);
            x = y;
        }

        TFloats greatest = TFloats.Of(Reduce.Greatest<TFloats>(x, width));
        TFloats sum = default;
        int i = 0;
        for (; i <= width - TFloats.Count; i += TFloats.Count)
        {
            TFloats power = Functions.Exp(TFloats.Load(x + i) - greatest);
            power.Store(y + i);
            sum += power;
        }

        if (i < width)
        {
            TFloats power = Functions.Exp(TFloats.LoadFirst(x + i, width - i, default) - greatest);
            power.StoreFirst(y + i, width - i);
            sum += TFloats.First(width - i, power, default);
        }

        Loop.Map<Elementwise.Scaled, TFloats>(new Elementwise.Scaled(1 / sum.Sum()), y, y, width);
    }

    // Most rows of attention weights fit into one vector, which then never leaves its register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShortRow<TFloats>(float* x, float scale, float* y, int width)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats scaled = TFloats.LoadFirst(x, width, default) * TFloats.Of(scale);
        TFloats values = TFloats.First(width, scaled, TFloats.Of(float.NegativeInfinity));
        TFloats power = Functions.Exp(values - TFloats.Of(values.Greatest()));
        float sum = TFloats.First(width, power, default).Sum();
        (power * TFloats.Of(1 / sum)).StoreFirst(y, width);
    }

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
                Row<TFloats>((float*)x.Address + (row * width), 1, (float*)y.Address + (row * width), width);
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
                Slope slope = new(Reduce.Sum<Elementwise.Product, TFloats>(default, values, gradients, width));
                Loop.MapOrAdd<Slope, TFloats>(slope, values, gradients, results, width, accumulate);
            }
        }
    }

    /// <summary>y (dy - dot).</summary>
    internal readonly struct Slope(float dot) : IMap2
    {
        public TFloats Of<TFloats>(TFloats y, TFloats dy)
            where TFloats : struct, IFloats<TFloats> => y * (dy - TFloats.Of(dot));
    }
}
