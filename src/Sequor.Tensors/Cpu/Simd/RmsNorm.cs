using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Root-mean-square normalisation and its gradients, row by row. A row's bits depend on its own numbers and width only.</summary>
internal static unsafe class RmsNorm
{
    internal static void Forward(
        WorkerPool pool, Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width) =>
        VectorWork.Run(
            pool, new ForwardWork(x, gain, epsilon, y, statistics, width),
            VectorWork.Items(x.Length / width, VectorWork.RowsPerItem(width)));

    internal static void Backward(
        WorkerPool pool, Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, int width)
    {
        long rows = x.Length / width;
        float* sums = dgain.IsEmpty ? null : RowBlocks.Clear(rows, width);
        VectorWork.Run(pool, new BackwardWork(x, gain, statistics, dy, dx, accumulate, (nint)sums, width), RowBlocks.Blocks(rows));
        if (!dgain.IsEmpty)
        {
            RowBlocks.Join(sums, rows, width, 0, dgain.Span, accumulate: true);
        }
    }

    private readonly struct ForwardWork(
        Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Address + (row * width);
                float squares = Reduce.Sum<Square, TFloats>(default, values, width);
                float reciprocalRoot = 1 / MathF.Sqrt((squares / width) + epsilon);
                Loop.Map<Normal, TFloats>(
                    new Normal(reciprocalRoot), values, (float*)gain.Address, (float*)y.Address + (row * width), width);
                if (!statistics.IsEmpty)
                {
                    ((float*)statistics.Address)[row] = reciprocalRoot;
                }
            }
        }
    }

    private readonly struct BackwardWork(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, nint sums, int width) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long allRows = x.Length / width;
            RowRange rows = RowRange.OfItem(item, allRows, RowBlocks.RowsPerBlock(allRows));
            float* gains = (float*)gain.Address;
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Address + (row * width);
                float* gradients = (float*)dy.Address + (row * width);
                float reciprocalRoot = ((float*)statistics.Address)[row];
                if (sums != 0)
                {
                    float* blockSums = (float*)sums + ((long)item * width);
                    Loop.MapOrAdd<Normal, TFloats>(new Normal(reciprocalRoot), values, gradients, blockSums, width, accumulate: true);
                }

                if (!dx.IsEmpty)
                {
                    float dot = Reduce.Sum<ScaledProductWithNormal, TFloats>(
                        new ScaledProductWithNormal(reciprocalRoot), values, gradients, gains, width);
                    Loop.MapOrAdd<Slope, TFloats>(
                        new Slope(reciprocalRoot, dot / width), values, gradients, gains, (float*)dx.Address + (row * width), width, accumulate);
                }
            }
        }
    }

    private readonly struct Square : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats> => x * x;
    }

    private readonly struct Normal(float reciprocalRoot) : IMap2
    {
        public TFloats Of<TFloats>(TFloats x, TFloats factor)
            where TFloats : struct, IFloats<TFloats> => x * TFloats.Of(reciprocalRoot) * factor;
    }

    private readonly struct ScaledProductWithNormal(float reciprocalRoot) : IMap3
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy, TFloats gain)
            where TFloats : struct, IFloats<TFloats> => dy * gain * (x * TFloats.Of(reciprocalRoot));
    }

    private readonly struct Slope(float reciprocalRoot, float meanDot) : IMap3
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy, TFloats gain)
            where TFloats : struct, IFloats<TFloats> =>
            TFloats.Of(reciprocalRoot) * TFloats.SubtractProduct(x * TFloats.Of(reciprocalRoot), TFloats.Of(meanDot), dy * gain);
    }
}
