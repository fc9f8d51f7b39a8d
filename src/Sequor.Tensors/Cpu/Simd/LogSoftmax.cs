using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The logarithm of softmax, row by row. A row's bits depend on its own numbers and length only.</summary>
internal static unsafe class LogSoftmax
{
    // A whole number of four vectors of any width.
    private const int Block = 256;

    internal static void Forward(WorkerPool pool, Storage<float> x, Storage<float> y, int width) =>
        VectorWork.Run(pool, new ForwardWork(x, y, width), RowItems(x, width));

    internal static void Backward(WorkerPool pool, Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        VectorWork.Run(pool, new BackwardWork(y, dy, dx, width, accumulate), RowItems(y, width));

    /// <summary>log Σ exp(x - greatest); NaN when a number is NaN or the greatest is infinite. The order of the sum is that of <see cref="Reduce"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static float LogarithmOfSum<TFloats>(float* x, int width, float greatest, float* next)
        where TFloats : struct, IFloats<TFloats>
    {
        // Powers first, sums after them: with a power in each of four sums the compiler stops inlining half-way, and each of its operations becomes a call.
        float* powers = stackalloc float[Block];
        TFloats top = TFloats.Of(greatest);
        TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int whole = width / TFloats.Count * TFloats.Count;
        for (int first = 0; first < whole; first += Block)
        {
            int length = Math.Min(Block, whole - first);
            for (int i = 0; i < length; i += TFloats.Count)
            {
                ReadAhead.AskFor((byte*)(next + first + i), 0, 1);
                Functions.ExpOfTerm(TFloats.Load(x + first + i) - top).Store(powers + i);
            }

            int at = 0;
            for (; at <= length - (4 * TFloats.Count); at += 4 * TFloats.Count)
            {
                sum0 += TFloats.Load(powers + at);
                sum1 += TFloats.Load(powers + at + TFloats.Count);
                sum2 += TFloats.Load(powers + at + (2 * TFloats.Count));
                sum3 += TFloats.Load(powers + at + (3 * TFloats.Count));
            }

            for (; at < length; at += TFloats.Count)
            {
                sum0 += TFloats.Load(powers + at);
            }
        }

        if (whole < width)
        {
            int rest = width - whole;
            sum1 += TFloats.First(rest, Functions.ExpOfTerm(TFloats.LoadFirst(x + whole, rest, top) - top), default);
        }

        return (float)Math.Log((sum0 + sum1 + (sum2 + sum3)).Sum());
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
                float* from = (float*)x.Address + (row * width);
                float greatest = Reduce.Greatest<TFloats>(from, width);
                float logarithm = LogarithmOfSum<TFloats>(from, width, greatest, from + width);
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
