using System.Runtime.CompilerServices;
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
        float* sums = RowBlocks.Clear(rows, 2 * width);
        VectorWork.Run(pool, new Work(x, gain, statistics, dy, dx, accumulate, (nint)sums, width), RowBlocks.Blocks(rows));
        RowBlocks.Join(sums, rows, 2 * width, 0, dgain.Span, accumulate: true);
        RowBlocks.Join(sums, rows, 2 * width, width, dbias.Span, accumulate: true);
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
            float* blockSums = (float*)sums + ((long)item * 2 * width);
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Address + (row * width);
                float* gradients = (float*)dy.Address + (row * width);
                float mean = ((float*)statistics.Address)[2 * row];
                float reciprocalDeviation = ((float*)statistics.Address)[(2 * row) + 1];
                (float sum, float dot) = Sums<TFloats>(values, gradients, mean, reciprocalDeviation, blockSums);
                if (!dx.IsEmpty)
                {
                    Slope slope = new(mean, reciprocalDeviation, sum / width, dot / width);
                    Loop.MapOrAdd<Slope, TFloats>(
                        slope, values, gradients, (float*)gain.Address, (float*)dx.Address + (row * width), width, accumulate);
                }
            }
        }

        // One pass for all four sums: Σ g and Σ g · n of the row, dy · n and dy into those of the block.
        private (float Sum, float Dot) Sums<TFloats>(float* values, float* gradients, float mean, float reciprocalDeviation, float* blockSums)
            where TFloats : struct, IFloats<TFloats>
        {
            float* gains = (float*)gain.Address;
            float* dgains = blockSums;
            float* dbiases = blockSums + width;
            TFloats center = TFloats.Of(mean), factor = TFloats.Of(reciprocalDeviation);
            TFloats sum = default, dot = default;
            int i = 0;
            for (; i <= width - TFloats.Count; i += TFloats.Count)
            {
                TFloats gradient = TFloats.Load(gradients + i);
                TFloats product = gradient * ((TFloats.Load(values + i) - center) * factor);
                TFloats weight = TFloats.Load(gains + i);
                sum = TFloats.MultiplyAdd(gradient, weight, sum);
                dot = TFloats.MultiplyAdd(product, weight, dot);
                (TFloats.Load(dgains + i) + product).Store(dgains + i);
                (TFloats.Load(dbiases + i) + gradient).Store(dbiases + i);
            }

            if (i < width)
            {
                int rest = width - i;
                TFloats gradient = TFloats.LoadFirst(gradients + i, rest, default);
                TFloats product = gradient * ((TFloats.LoadFirst(values + i, rest, center) - center) * factor);
                TFloats weight = TFloats.LoadFirst(gains + i, rest, default);
                sum = TFloats.MultiplyAdd(gradient, weight, sum);
                dot = TFloats.MultiplyAdd(product, weight, dot);
                (TFloats.LoadFirst(dgains + i, rest, default) + product).StoreFirst(dgains + i, rest);
                (TFloats.LoadFirst(dbiases + i, rest, default) + gradient).StoreFirst(dbiases + i, rest);
            }

            return (sum.Sum(), dot.Sum());
        }
    }

    private readonly struct Slope(float mean, float reciprocalDeviation, float meanScaled, float meanDot) : IMap3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TFloats Of<TFloats>(TFloats x, TFloats dy, TFloats gain)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats normal = (x - TFloats.Of(mean)) * TFloats.Of(reciprocalDeviation);
            TFloats scaled = TFloats.MultiplyAdd(dy, gain, TFloats.Of(-meanScaled));
            return TFloats.Of(reciprocalDeviation) * TFloats.SubtractProduct(normal, TFloats.Of(meanDot), scaled);
        }
    }
}
