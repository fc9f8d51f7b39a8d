using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Filters over each row of attention weights (Chorowski et al. 2015, eq. 8), and their gradients, as matrix products: with zeros before and behind
/// a row, what a filter sees from position j is the run that starts at j, so the windows of all positions are one matrix whose rows overlap.
/// </summary>
internal static unsafe class LocationFeatures
{
    // Each item of the backward pass has filter gradients of its own.
    private const int MaximumItems = 16;

    internal static void Forward(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> features)
    {
        Matrix across = Across(filters, width);
        SourceCut cut = SourceCut.Rows(plan, plan.Heads * (int)filters.Length);
        pool.Run(new ForwardWork(plan, cut, weights, across, features), cut.Items);
    }

    internal static void Backward(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> dFeatures,
        Storage<float> dWeights, Storage<float> dFilters)
    {
        int numbers = (int)filters.Length;
        SourceCut cut = SourceCut.Rows(plan, plan.Heads * numbers, MaximumItems);
        float* sums = Scratch.Floats(ScratchPlace.Kernel, (long)cut.Items * numbers);
        new Span<float>(sums, cut.Items * numbers).Clear();
        Matrix along = new(filters, numbers / width, width);
        VectorWork.Run(pool, new BackwardWork(plan, cut, weights, along, dFeatures, dWeights, (nint)sums), cut.Items);
        for (int item = 0; item < cut.Items && !dFilters.IsEmpty; item++)
        {
            for (int i = 0; i < numbers; i++)
            {
                ((float*)dFilters.Address)[i] += sums[(item * numbers) + i];
            }
        }
    }

    // [width, K]: the right-hand side that the forward product reads without gaps.
    private static Matrix Across(Storage<float> filters, int width)
    {
        int count = (int)filters.Length / width;
        Matrix along = new(filters, count, width);
        Matrix across = new(new Storage<float>((nint)Scratch.Floats(ScratchPlace.Kernel, filters.Length), filters.Length), width, count);
        Plain.CopyMatrix.Run(along.Transposed, across, accumulate: false);
        return across;
    }

    /// <summary>A row of weights between two runs of zeros, and room for more behind them.</summary>
    private static float* Padded(float* weights, int length, int width, long room)
    {
        int half = (width - 1) / 2;
        float* padded = Scratch.Floats(ScratchPlace.Attention, length + width - 1 + room);
        new Span<float>(padded, length + width - 1).Clear();
        new Span<float>(weights, length).CopyTo(new Span<float>(padded + half, length));
        return padded;
    }

    /// <summary>What a filter sees from each position, [length, width].</summary>
    private static Matrix Windows(float* padded, int length, int width) =>
        new(new Storage<float>((nint)padded, length + width - 1), length, width, RowStride: 1);

    private static Matrix View(float* address, int rows, int columns) => new(new Storage<float>((nint)address, (long)rows * columns), rows, columns);

    private readonly struct ForwardWork(SourcePlan plan, SourceCut cut, Storage<float> weights, Matrix across, Storage<float> features) : IWork
    {
        public void Run(int item)
        {
            (int width, int count) = (across.Rows, across.Columns);
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    float* padded = Padded((float*)weights.Address + (scoreRow * plan.Stride), row.Length, width, 0);
                    float* results = (float*)features.Address + (scoreRow * plan.Stride * count);
                    MatMul.Tile(Windows(padded, row.Length, width), across, View(results, row.Length, count), accumulate: false);
                    new Span<float>(results + ((long)row.Length * count), (plan.Stride - row.Length) * count).Clear();
                }
            }
        }
    }

    private readonly struct BackwardWork(
        SourcePlan plan, SourceCut cut, Storage<float> weights, Matrix along, Storage<float> dFeatures, Storage<float> dWeights, nint sums) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            (int count, int width) = (along.Rows, along.Columns);
            Matrix ownSums = View((float*)sums + ((long)item * count * width), count, width);
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    long start = scoreRow * plan.Stride;
                    float* padded = Padded((float*)weights.Address + start, row.Length, width, (long)row.Length * width);
                    Matrix slopes = View((float*)dFeatures.Address + (start * count), row.Length, count);
                    MatMul.Tile(slopes.Transposed, Windows(padded, row.Length, width), ownSums, accumulate: true);
                    if (!dWeights.IsEmpty)
                    {
                        ToWeights<TFloats>(slopes, padded, padded + row.Length + width - 1, (float*)dWeights.Address + start);
                    }
                }
            }
        }

        // The gradient of each window, added up where windows overlap; the padded row has been read and makes room for the sums.
        private void ToWeights<TFloats>(in Matrix slopes, float* padded, float* windows, float* to)
            where TFloats : struct, IFloats<TFloats>
        {
            (int length, int width) = (slopes.Rows, along.Columns);
            MatMul.Tile(slopes, along, View(windows, length, width), accumulate: false);
            new Span<float>(padded, length + width - 1).Clear();
            for (int j = 0; j < length; j++)
            {
                Loop.Map<Added1<Elementwise.Same>, TFloats>(default, windows + ((long)j * width), padded + j, padded + j, width);
            }

            Loop.Map<Added1<Elementwise.Same>, TFloats>(default, padded + ((width - 1) / 2), to, to, length);
        }
    }
}
