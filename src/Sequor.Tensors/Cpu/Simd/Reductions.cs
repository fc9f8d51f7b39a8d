using System.Runtime.Intrinsics;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Sums of columns, rows and everything, each in an order that depends on the shape only.</summary>
internal static unsafe class Reductions
{
    // Elements of one partial sum.
    private const int Block = 4096;

    internal static void ColumnSums(WorkerPool pool, in Matrix x, Storage<float> sums, bool accumulate)
    {
        if (x.ColumnStride == 1)
        {
            float* blockSums = RowBlocks.Clear(x.Rows, x.Columns);
            VectorWork.Run(pool, new ColumnWork(x, (nint)blockSums), RowBlocks.Blocks(x.Rows));
            RowBlocks.Join(blockSums, x.Rows, x.Columns, 0, sums.Span[..x.Columns], accumulate);
        }
        else if (x.RowStride == 1)
        {
            Matrix across = x.Transposed;
            int rowsPerItem = VectorWork.RowsPerItem(across.Columns);
            VectorWork.Run(pool, new RowWork(across, sums, accumulate, rowsPerItem), VectorWork.Items(across.Rows, rowsPerItem));
        }
        else
        {
            Plain.Reductions.ColumnSums(x, sums.Span, accumulate);
        }
    }

    internal static double Sum(WorkerPool pool, Storage<float> x) => Total(pool, x, squares: false);

    internal static double SumOfSquares(WorkerPool pool, Storage<float> x) => Total(pool, x, squares: true);

    internal static long CountNonFinite(WorkerPool pool, Storage<float> x)
    {
        double* counts = Partials(x, out int items);
        pool.Run(new CountWork(x, (nint)counts), items);
        return (long)Join(counts, items);
    }

    private static double Total(WorkerPool pool, Storage<float> x, bool squares)
    {
        double* partials = Partials(x, out int items);
        pool.Run(new TotalWork(x, (nint)partials, squares), items);
        return Join(partials, VectorWork.Items(x.Length, Block));
    }

    // One double per block, several blocks per item of work.
    private static double* Partials(Storage<float> x, out int items)
    {
        items = FlatWork.Items(x);
        return (double*)Scratch.Floats(ScratchPlace.Kernel, 2L * VectorWork.Items(x.Length, Block));
    }

    private static double Join(double* partials, int count)
    {
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += partials[i];
        }

        return total;
    }

    private readonly struct ColumnWork(Matrix x, nint sums) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Rows, RowBlocks.RowsPerBlock(x.Rows));
            float* blockSums = (float*)sums + ((long)item * x.Columns);
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Storage.Address + (row * x.RowStride);
                Loop.Map<Added1<Elementwise.Same>, TFloats>(default, values, blockSums, blockSums, x.Columns);
            }
        }
    }

    private readonly struct RowWork(Matrix x, Storage<float> sums, bool accumulate, int rowsPerItem) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Rows, rowsPerItem);
            float* results = (float*)sums.Address;
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Storage.Address + (row * x.RowStride);
                float sum = Reduce.Sum<Elementwise.Same, TFloats>(default, values, x.Columns);
                results[row] = accumulate ? results[row] + sum : sum;
            }
        }
    }

    // Eight doubles at every width, so that all instruction sets agree in bits.
    private readonly struct TotalWork(Storage<float> x, nint partials, bool squares) : IWork
    {
        public void Run(int item)
        {
            long end = Math.Min(x.Length, FlatWork.Start(item + 1));
            for (long start = FlatWork.Start(item); start < end; start += Block)
            {
                ((double*)partials)[start / Block] = Of((float*)x.Address + start, (int)Math.Min(Block, end - start));
            }
        }

        private double Of(float* values, int length)
        {
            Vector512<double> sum0 = default, sum1 = default;
            int i = 0;
            for (; i <= length - 16; i += 16)
            {
                (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(values + i));
                sum0 += squares ? lower * lower : lower;
                sum1 += squares ? upper * upper : upper;
            }

            Vector256<double> halves = (sum0 + sum1).GetLower() + (sum0 + sum1).GetUpper();
            Vector128<double> quarters = halves.GetLower() + halves.GetUpper();
            double sum = quarters[0] + quarters[1];
            for (; i < length; i++)
            {
                sum += squares ? (double)values[i] * values[i] : values[i];
            }

            return sum;
        }
    }

    private readonly struct CountWork(Storage<float> x, nint counts) : IWork
    {
        public void Run(int item)
        {
            float* values = (float*)x.Address + FlatWork.Start(item);
            int length = FlatWork.Length(x.Length, item);
            Vector256<int> finite = default;
            int i = 0;
            for (; i <= length - 8; i += 8)
            {
                // Infinity and NaN have all exponent bits set, and so, without their sign, compare as integers at or above infinity.
                Vector256<int> size = Vector256.Load((int*)(values + i)) & Vector256.Create(int.MaxValue);
                finite -= Vector256.LessThan(size, Vector256.Create(0x7F800000));
            }

            int count = i - Vector256.Sum(finite);
            for (; i < length; i++)
            {
                count += float.IsFinite(values[i]) ? 0 : 1;
            }

            ((double*)counts)[item] = count;
        }
    }
}
