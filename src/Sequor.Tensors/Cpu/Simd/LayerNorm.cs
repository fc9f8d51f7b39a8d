using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Layer normalisation, row by row. A row's bits depend on its own numbers and width only.</summary>
internal static unsafe class LayerNorm
{
    internal static void Forward(
        WorkerPool pool, Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon,
        Storage<float> y, Storage<float> statistics, int width) =>
        VectorWork.Run(
            pool, new Work(x, gain, bias, epsilon, y, statistics, width),
            VectorWork.Items(x.Length / width, VectorWork.RowsPerItem(width)));

    private readonly struct Work(
        Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon,
        Storage<float> y, Storage<float> statistics, int width) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Length / width, VectorWork.RowsPerItem(width));
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Address + (row * width);
                float mean = Reduce.Sum<Elementwise.Same, TFloats>(default, values, width) / width;
                float variance = Reduce.Sum<SquaredDistance, TFloats>(new SquaredDistance(mean), values, width) / width;
                float reciprocalDeviation = 1 / MathF.Sqrt(variance + epsilon);
                Loop.Map<Normal, TFloats>(
                    new Normal(mean, reciprocalDeviation), values, (float*)gain.Address, (float*)bias.Address,
                    (float*)y.Address + (row * width), width);
                if (!statistics.IsEmpty)
                {
                    ((float*)statistics.Address)[2 * row] = mean;
                    ((float*)statistics.Address)[(2 * row) + 1] = reciprocalDeviation;
                }
            }
        }
    }

    private readonly struct SquaredDistance(float mean) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats distance = x - TFloats.Of(mean);
            return distance * distance;
        }
    }

    private readonly struct Normal(float mean, float reciprocalDeviation) : IMap3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TFloats Of<TFloats>(TFloats x, TFloats gain, TFloats bias)
            where TFloats : struct, IFloats<TFloats> =>
            TFloats.MultiplyAdd((x - TFloats.Of(mean)) * TFloats.Of(reciprocalDeviation), gain, bias);
    }
}
