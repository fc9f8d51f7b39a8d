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

    /// <summary>
    /// One row in whole vectors, in place: softmax(scale · x) of the first elements, 0 in the others. The bits depend on the first elements and on
    /// how many they are, not on the width of the row.
    /// </summary>
    /// <param name="x">[width].</param>
    /// <param name="scale">The factor.</param>
    /// <param name="visible">How many elements count, 0 to width; what lies behind them is not looked at.</param>
    /// <param name="width">A multiple of 16.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void PaddedRow<TFloats>(float* x, float scale, int visible, int width)
        where TFloats : struct, IFloats<TFloats>
    {
        // Masked stores are not forwarded to the loads that follow: whole vectors halve the time of a short row.
        TFloats factor = TFloats.Of(scale);
        TFloats lowest = TFloats.Of(float.NegativeInfinity);
        int whole = visible / TFloats.Count * TFloats.Count;
        int rest = visible - whole;
        TFloats greatest = rest == 0 ? lowest : TFloats.First(rest, TFloats.Load(x + whole) * factor, lowest);
        TFloats last = greatest;
        for (int i = 0; i < whole; i += TFloats.Count)
        {
            greatest = TFloats.Max(greatest, TFloats.Load(x + i) * factor);
        }

        TFloats top = TFloats.Of(greatest.Greatest());
        TFloats sum = default;
        for (int i = 0; i < whole; i += TFloats.Count)
        {
            TFloats power = Functions.Exp((TFloats.Load(x + i) * factor) - top);
            power.Store(x + i);
            sum += power;
        }

        if (rest > 0)
        {
            // What does not count is set to 0 first: powers below the normal numbers take ten times as long.
            last = TFloats.First(rest, Functions.Exp(TFloats.First(rest, last - top, default)), default);
            sum += last;
        }

        TFloats reciprocal = TFloats.Of(1 / sum.Sum());
        for (int i = 0; i < whole; i += TFloats.Count)
        {
            (TFloats.Load(x + i) * reciprocal).Store(x + i);
        }

        if (rest > 0)
        {
            (last * reciprocal).Store(x + whole);
            whole += TFloats.Count;
        }

        for (; whole < width; whole += TFloats.Count)
        {
            default(TFloats).Store(x + whole);
        }
    }

    /// <summary>One row of any length, none included; y may be x.</summary>
    internal static void Row<TFloats>(float* x, float* y, int width)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats top = TFloats.Of(Reduce.Greatest<TFloats>(x, width));
        int whole = width / TFloats.Count * TFloats.Count;
        int rest = width - whole;
        TFloats last = default;
        if (rest > 0)
        {
            last = TFloats.First(rest, Functions.Exp(TFloats.LoadFirst(x + whole, rest, top) - top), default);
        }

        TFloats sum = default;
        for (int i = 0; i < whole; i += TFloats.Count)
        {
            TFloats power = Functions.Exp(TFloats.Load(x + i) - top);
            power.Store(y + i);
            sum += power;
        }

        TFloats reciprocal = TFloats.Of(1 / (sum + last).Sum());
        for (int i = 0; i < whole; i += TFloats.Count)
        {
            (TFloats.Load(y + i) * reciprocal).Store(y + i);
        }

        if (rest > 0)
        {
            (last * reciprocal).StoreFirst(y + whole, rest);
        }
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
                Row<TFloats>((float*)x.Address + (row * width), (float*)y.Address + (row * width), width);
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
