using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The mean row of each sentence, with the bits of <see cref="Plain.SentenceMeans"/>.</summary>
internal static unsafe class SentenceMeans
{
    internal static void Forward(WorkerPool pool, Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means)
    {
        int items = Items(x, starts);
        VectorWork.Run(pool, new ForwardWork(x, starts, lengths, width, means, items), items);
    }

    internal static void Backward(
        WorkerPool pool, Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate)
    {
        int items = Items(dx, starts);
        VectorWork.Run(pool, new BackwardWork(dMeans, starts, lengths, width, dx, accumulate, items), items);
    }

    private static int Items(Storage<float> rows, Storage<int> starts) =>
        (int)Math.Max(1, Math.Min(rows.Length / VectorWork.ItemFloats, starts.Length));

    private readonly struct ForwardWork(
        Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (long sentence = starts.Length * item / items; sentence < starts.Length * (item + 1) / items; sentence++)
            {
                float* from = (float*)x.Address + ((long)((int*)starts.Address)[sentence] * width);
                float* to = (float*)means.Address + (sentence * width);
                int length = ((int*)lengths.Address)[sentence];
                new Span<float>(to, width).Clear();
                for (int row = 0; row < length; row++)
                {
                    Loop.Map<Added1<Elementwise.Same>, TFloats>(default, from + ((long)row * width), to, to, width);
                }

                Loop.Map<Quotient, TFloats>(new Quotient(length), to, to, width);
            }
        }
    }

    private readonly struct BackwardWork(
        Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (long sentence = starts.Length * item / items; sentence < starts.Length * (item + 1) / items; sentence++)
            {
                int length = ((int*)lengths.Address)[sentence];
                float* from = (float*)dMeans.Address + (sentence * width);
                float* to = (float*)dx.Address + ((long)((int*)starts.Address)[sentence] * width);
                Elementwise.Scaled scaled = new(1f / length);
                for (int row = 0; row < length; row++, to += width)
                {
                    if (accumulate)
                    {
                        Loop.Map<Added1<Elementwise.Scaled>, TFloats>(new Added1<Elementwise.Scaled>(scaled), from, to, to, width);
                    }
                    else
                    {
                        Loop.Map<Elementwise.Scaled, TFloats>(scaled, from, to, width);
                    }
                }
            }
        }
    }

    private readonly struct Quotient(float divisor) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => x / TFloats.Of(divisor);
    }
}
