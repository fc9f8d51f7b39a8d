using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Adafactor's means and steps, each in one pass over the gradients; sums are added in an order that depends on the shape only.</summary>
internal static unsafe class FactoredUpdates
{
    internal static void Moments(
        WorkerPool pool, in Matrix gradients, float gradientScale, float decay, float epsilon, Storage<float> rowMeans, Span<float> columnMeans)
    {
        float* columnSums = RowBlocks.Clear(gradients.Rows, gradients.Columns);
        VectorWork.Run(
            pool, new MomentsWork(gradients, new Square(gradientScale), decay, epsilon, rowMeans.Address, (nint)columnSums), RowBlocks.Blocks(gradients.Rows));

        for (int block = 1; block < RowBlocks.Blocks(gradients.Rows); block++)
        {
            float* part = columnSums + ((long)block * gradients.Columns);
            for (int column = 0; column < gradients.Columns; column++)
            {
                columnSums[column] += part[column];
            }
        }

        for (int column = 0; gradients.Rows > 0 && column < gradients.Columns; column++)
        {
            columnMeans[column] = (decay * columnMeans[column]) + ((1 - decay) * ((columnSums[column] / gradients.Rows) + epsilon));
        }
    }

    internal static void Step(
        WorkerPool pool, in Matrix gradients, float gradientScale, ReadOnlySpan<float> rowMeans, ReadOnlySpan<float> columnMeans, Storage<float> step)
    {
        double mean = Plain.Reductions.Sum(rowMeans) / Math.Max(1, rowMeans.Length);
        float* rowFactors = Scratch.Floats(ScratchPlace.Kernel, (long)gradients.Rows + gradients.Columns);
        float* columnFactors = rowFactors + gradients.Rows;
        for (int row = 0; row < gradients.Rows; row++)
        {
            rowFactors[row] = Plain.FactoredUpdates.RowFactor(gradientScale, rowMeans[row], mean);
        }

        for (int column = 0; column < gradients.Columns; column++)
        {
            columnFactors[column] = Plain.FactoredUpdates.ColumnFactor(columnMeans[column]);
        }

        int rowsPerItem = VectorWork.RowsPerItem(gradients.Columns);
        VectorWork.Run(
            pool, new StepWork(gradients, step, (nint)rowFactors, (nint)columnFactors, rowsPerItem), VectorWork.Items(gradients.Rows, rowsPerItem));
    }

    internal static void SquaredMoments(
        WorkerPool pool, Storage<float> gradients, float gradientScale, float decay, float epsilon, Storage<float> moments) =>
        FlatWork.Run(pool, new MovingSquare(gradientScale, decay, epsilon), gradients, moments, moments);

    internal static void MomentStep(
        WorkerPool pool, Storage<float> gradients, float gradientScale, Storage<float> moments, Storage<float> step) =>
        FlatWork.Run(pool, new Quotient(gradientScale), gradients, moments, step);

    private readonly struct MomentsWork(Matrix x, Square square, float decay, float epsilon, nint rowMeans, nint columnSums) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Rows, RowBlocks.RowsPerBlock(x.Rows));
            float* sums = (float*)columnSums + ((long)item * x.Columns);
            for (long row = rows.First; row < rows.End; row++)
            {
                float* values = (float*)x.Storage.Address + (row * x.RowStride);
                float mean = Reduce.Sum<Square, TFloats>(square, values, x.Columns) / x.Columns;
                ((float*)rowMeans)[row] = (decay * ((float*)rowMeans)[row]) + ((1 - decay) * (mean + epsilon));
                Loop.Map<Added1<Square>, TFloats>(new Added1<Square>(square), values, sums, sums, x.Columns);
            }
        }
    }

    private readonly struct StepWork(Matrix x, Storage<float> step, nint rowFactors, nint columnFactors, int rowsPerItem) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, x.Rows, rowsPerItem);
            for (long row = rows.First; row < rows.End; row++)
            {
                long first = row * x.Columns;
                Loop.Map<Scaled, TFloats>(
                    new Scaled(((float*)rowFactors)[row]), (float*)x.Storage.Address + first, (float*)columnFactors, (float*)step.Address + first, x.Columns);
            }
        }
    }

    private readonly struct Square(float scale) : IMap1
    {
        public TFloats Of<TFloats>(TFloats x)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats scaled = TFloats.Of(scale) * x;
            return scaled * scaled;
        }
    }

    private readonly struct Scaled(float rowFactor) : IMap2
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats columnFactor)
            where TFloats : struct, IFloats<TFloats> => gradient * TFloats.Of(rowFactor) * columnFactor;
    }

    private readonly struct MovingSquare(float scale, float decay, float epsilon) : IMap2
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats moment)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats scaled = TFloats.Of(scale) * gradient;
            return (TFloats.Of(decay) * moment) + (TFloats.Of(1 - decay) * ((scaled * scaled) + TFloats.Of(epsilon)));
        }
    }

    private readonly struct Quotient(float scale) : IMap2
    {
        public TFloats Of<TFloats>(TFloats gradient, TFloats moment)
            where TFloats : struct, IFloats<TFloats> => TFloats.Of(scale) * gradient / TFloats.Sqrt(moment);
    }
}
