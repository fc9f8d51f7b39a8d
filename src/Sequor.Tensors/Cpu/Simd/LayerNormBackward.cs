using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// The gradients of <see cref="LayerNorm"/>: with n = (x - mean) · r and g = dy · gain, dx = r · (g - mean(g) - n · mean(g · n));
/// dgain = Σ dy · n and dbias = Σ dy over all rows, by blocks of rows.
/// </summary>
internal static unsafe class LayerNormBackward
{
    internal static void Run(
        WorkerPool pool, Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, Storage<float> dbias, int width)
    {
        long rows = x.Length / width;
        bool wantsSums = !dgain.IsEmpty || !dbias.IsEmpty;
        float* sums = wantsSums ? RowBlocks.Clear(rows, 2 * width) : null;
        VectorWork.Run(pool, new Work(x, gain, statistics, dy, dx, accumulate, (nint)sums, width), RowBlocks.Blocks(rows));
        if (wantsSums)
        {
            RowBlocks.Join(sums, rows, 2 * width, 0, dgain.Span, accumulate: true);
            RowBlocks.Join(sums, rows, 2 * width, width, dbias.Span, accumulate: true);
        }
    }

    private readonly struct Work(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, nint sums, int width) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long allRows = x.Length / width;
            RowRange rows = RowRange.OfItem(item, allRows, RowBlocks.RowsPerBlock(allRows));
            float* blockSums = sums == 0 ? null : (float*)sums + ((long)item * 2 * width);
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Address + (row * width);
                float* gradients = (float*)dy.Address + (row * width);
                float mean = ((float*)statistics.Address)[2 * row];
                float reciprocalDeviation = ((float*)statistics.Address)[(2 * row) + 1];
                if (blockSums != null)
                {
                    ProductWithNormal product = new(mean, reciprocalDeviation);
                    Loop.MapOrAdd<ProductWithNormal, TFloats>(product, values, gradients, blockSums, width, accumulate: true);
                    Loop.Map<Added1<Elementwise.Same>, TFloats>(default, gradients, blockSums + width, blockSums + width, width);
                }

                if (!dx.IsEmpty)
                {
                    ToInput<TFloats>(values, gradients, mean, reciprocalDeviation, (float*)dx.Address + (row * width));
                }
            }
        }

        private void ToInput<TFloats>(float* values, float* gradients, float mean, float reciprocalDeviation, float* results)
            where TFloats : struct, IFloats<TFloats>
        {
            float* gains = (float*)gain.Address;
            float sum = Reduce.Sum<Elementwise.Product, TFloats>(default, gradients, gains, width);
            ScaledProductWithNormal product = new(mean, reciprocalDeviation);
            float dot = Reduce.Sum<ScaledProductWithNormal, TFloats>(product, values, gradients, gains, width);
            Slope slope = new(mean, reciprocalDeviation, sum / width, dot / width);
            Loop.MapOrAdd<Slope, TFloats>(slope, values, gradients, gains, results, width, accumulate);
        }
    }

    private readonly struct ProductWithNormal(float mean, float reciprocalDeviation) : IMap2
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy)
            where TFloats : struct, IFloats<TFloats> => dy * ((x - TFloats.Of(mean)) * TFloats.Of(reciprocalDeviation));
    }

    private readonly struct ScaledProductWithNormal(float mean, float reciprocalDeviation) : IMap3
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy, TFloats gain)
            where TFloats : struct, IFloats<TFloats> => dy * gain * ((x - TFloats.Of(mean)) * TFloats.Of(reciprocalDeviation));
    }

    private readonly struct Slope(float mean, float reciprocalDeviation, float meanScaled, float meanDot) : IMap3
    {
        public TFloats Of<TFloats>(TFloats x, TFloats dy, TFloats gain)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats normal = (x - TFloats.Of(mean)) * TFloats.Of(reciprocalDeviation);
            TFloats scaled = (dy * gain) - TFloats.Of(meanScaled);
            return TFloats.Of(reciprocalDeviation) * TFloats.SubtractProduct(normal, TFloats.Of(meanDot), scaled);
        }
    }
}
