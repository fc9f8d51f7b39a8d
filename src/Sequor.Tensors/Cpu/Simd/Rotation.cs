using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Rotary positions, with the bits of <see cref="Plain.Rotation"/>: a row's sines and cosines are computed once and serve every head.</summary>
internal static unsafe class Rotation
{
    internal static void Run(
        WorkerPool pool, in Matrix x, in Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse)
    {
        int rowsPerItem = VectorWork.RowsPerItem(x.Columns);
        VectorWork.Run(
            pool, new Work(x, y, positions, headWidth, wavelengthBase, inverse, rowsPerItem), VectorWork.Items(x.Rows, rowsPerItem));
    }

    private readonly struct Work(
        Matrix x, Matrix y, Storage<int> positions, int headWidth, float wavelengthBase, bool inverse, int rowsPerItem) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int half = headWidth / 2;
            float* sines = Scratch.Floats(ScratchPlace.Kernel, 2L * half);
            float* cosines = sines + half;
            RowRange rows = RowRange.OfItem(item, x.Rows, rowsPerItem);
            for (long row = rows.First; row < rows.End; row++)
            {
                for (int i = 0; i < half; i++)
                {
                    (sines[i], cosines[i]) = Plain.Rotation.Turn(((int*)positions.Address)[row], i, headWidth, wavelengthBase, inverse);
                }

                float* from = (float*)x.Storage.Address + (row * x.RowStride);
                float* to = (float*)y.Storage.Address + (row * y.RowStride);
                for (int column = 0; column < x.Columns; column += headWidth)
                {
                    Head<TFloats>(from + column, to + column, sines, cosines, half);
                }
            }
        }

        private static void Head<TFloats>(float* from, float* to, float* sines, float* cosines, int half)
            where TFloats : struct, IFloats<TFloats>
        {
            int i = 0;
            for (; i <= half - TFloats.Count; i += TFloats.Count)
            {
                TFloats first = TFloats.Load(from + i), second = TFloats.Load(from + half + i);
                TFloats sine = TFloats.Load(sines + i), cosine = TFloats.Load(cosines + i);
                ((first * cosine) - (second * sine)).Store(to + i);
                ((first * sine) + (second * cosine)).Store(to + half + i);
            }

            if (i < half)
            {
                int rest = half - i;
                TFloats first = TFloats.LoadFirst(from + i, rest, default), second = TFloats.LoadFirst(from + half + i, rest, default);
                TFloats sine = TFloats.LoadFirst(sines + i, rest, default), cosine = TFloats.LoadFirst(cosines + i, rest, default);
                ((first * cosine) - (second * sine)).StoreFirst(to + i, rest);
                ((first * sine) + (second * cosine)).StoreFirst(to + half + i, rest);
            }
        }
    }
}
