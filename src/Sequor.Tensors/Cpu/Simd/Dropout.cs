using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Dropout with a mask that is computed in registers, with the bits of <see cref="Plain.Dropout"/>.</summary>
internal static unsafe class Dropout
{
    internal static void Forward(
        WorkerPool pool, Storage<float> x, Storage<float> residual, Storage<float> y, int width, in DropoutMask mask)
    {
        if (!mask.KeepsAll)
        {
            VectorWork.Run(pool, new Work(x, residual, y, width, mask), RowItems(x, width));
        }
        else if (residual.IsEmpty)
        {
            Elementwise.Copy(pool, x, y);
        }
        else
        {
            Elementwise.Add(pool, residual, x, y);
        }
    }

    internal static void Backward(
        WorkerPool pool, Storage<float> dy, Storage<float> dx, int width, in DropoutMask mask, bool accumulate) =>
        Forward(pool, dy, accumulate ? dx : default, dx, width, mask);

    private static int RowItems(Storage<float> rows, int width) =>
        VectorWork.Items(rows.Length / width, VectorWork.RowsPerItem(width));

    private readonly struct Work(Storage<float> x, Storage<float> residual, Storage<float> y, int width, DropoutMask mask) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Length / width, VectorWork.RowsPerItem(width));
            uint threshold = CounterHash.Threshold(mask.Probability);
            float scale = CounterHash.KeptScale(mask.Probability);
            for (long row = rows.First; row < rows.End; row++)
            {
                CounterHash hash = CounterHash.OfRow(((uint*)mask.RowKeys.Address)[row], mask.SiteKey);
                float* from = (float*)x.Address + (row * width);
                float* to = (float*)y.Address + (row * width);
                if (residual.IsEmpty)
                {
                    Row<TFloats>(hash, threshold, scale, from, to);
                }
                else
                {
                    RowAdded<TFloats>(hash, threshold, scale, from, (float*)residual.Address + (row * width), to);
                }
            }
        }

        private void Row<TFloats>(CounterHash hash, uint threshold, float scale, float* from, float* to)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats places = TFloats.Places(hash.Start, hash.Step);
            uint stride = hash.Step * (uint)TFloats.Count;
            int i = 0;
            for (; i <= width - TFloats.Count; i += TFloats.Count)
            {
                (TFloats.Load(from + i) * TFloats.Kept(places, threshold, scale)).Store(to + i);
                places = TFloats.Advance(places, stride);
            }

            if (i < width)
            {
                (TFloats.LoadFirst(from + i, width - i, default) * TFloats.Kept(places, threshold, scale)).StoreFirst(to + i, width - i);
            }
        }

        private void RowAdded<TFloats>(CounterHash hash, uint threshold, float scale, float* from, float* there, float* to)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats places = TFloats.Places(hash.Start, hash.Step);
            uint stride = hash.Step * (uint)TFloats.Count;
            int i = 0;
            for (; i <= width - TFloats.Count; i += TFloats.Count)
            {
                (TFloats.Load(there + i) + (TFloats.Load(from + i) * TFloats.Kept(places, threshold, scale))).Store(to + i);
                places = TFloats.Advance(places, stride);
            }

            if (i < width)
            {
                TFloats kept = TFloats.LoadFirst(from + i, width - i, default) * TFloats.Kept(places, threshold, scale);
                (TFloats.LoadFirst(there + i, width - i, default) + kept).StoreFirst(to + i, width - i);
            }
        }
    }
}
