using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// The gradients of <see cref="AdditiveScores"/>. Items are whole sentences, each with sums of its own for v and U, joined in rising order: two threads
/// never write to the same place, and every sum has one order. Within a row a vector of units meets all positions, so that its query stays in a register.
/// </summary>
internal static unsafe class AdditiveScoresBackward
{
    // Each item has sums of the size of v and U.
    private const int MaximumItems = 16;

    internal static void Run(WorkerPool pool, in SourcePlan plan, in AdditiveTerms terms, Storage<float> dScores, in AdditiveTerms gradients)
    {
        SourceCut cut = SourceCut.Sentences(plan, terms.Units, MaximumItems);
        int weights = terms.Units * terms.FeatureCount;
        int itemSums = terms.Units + weights;
        long sumCount = (long)cut.Items * itemSums;
        float* sums = Scratch.Floats(ScratchPlace.Kernel, sumCount + weights);
        float* across = sums + sumCount;
        new Span<float>(sums, checked((int)sumCount)).Clear();
        AdditiveScores.Transpose(terms, across);
        VectorWork.Run(pool, new Work(plan, terms, gradients, cut, dScores, (nint)sums, (nint)across), cut.Items);
        Join(sums, cut.Items, itemSums, gradients.ScoreWeights, 1);
        Join(sums + terms.Units, cut.Items, itemSums, gradients.FeatureWeights, terms.FeatureCount);
    }

    // The sums of U lie as [F, A].
    private static void Join(float* sums, int items, int itemSums, Storage<float> gradient, int columns)
    {
        int rows = columns == 0 ? 0 : (int)gradient.Length / columns;
        for (int item = 0; item < items; item++)
        {
            float* part = sums + ((long)item * itemSums);
            for (int i = 0; i < rows * columns; i++)
            {
                ((float*)gradient.Address)[i] += part[(i % columns * rows) + (i / columns)];
            }
        }
    }

    private readonly struct Work(
        SourcePlan plan, AdditiveTerms terms, AdditiveTerms gradients, SourceCut cut, Storage<float> dScores, nint sums, nint across) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int units = terms.Units;
            float* ownSums = (float*)sums + ((long)item * units * (1 + terms.FeatureCount));
            for (int place = SourceRow.FirstPlace(plan, cut, item); place < SourceRow.FirstPlace(plan, cut, item + 1); place++)
            {
                SourceRow row = new(plan, place);
                float* fed = AdditiveScores.Fed(plan, terms, row, across);
                int i = 0;
                for (; i <= units - TFloats.Count; i += TFloats.Count)
                {
                    Units<TFloats, WholeVector>(row, i, TFloats.Count, fed, ownSums);
                }

                if (i < units)
                {
                    Units<TFloats, FirstLanes>(row, i, units - i, fed, ownSums);
                }

                if (fed is not null)
                {
                    ToFeatures<TFloats>(row, fed, ownSums + units);
                }
            }
        }

        // Some units of one row at all its positions; what the features fed them makes room for what flows back.
        private void Units<TFloats, TReach>(in SourceRow row, int unit, int lanes, float* fed, float* ownSums)
            where TFloats : struct, IFloats<TFloats>
            where TReach : struct, IReach
        {
            int units = terms.Units;
            float* key = (float*)terms.Keys.Address + ((long)row.Start * units) + unit;
            float* dKey = gradients.Keys.IsEmpty ? null : (float*)gradients.Keys.Address + ((long)row.Start * units) + unit;
            float* dScore = (float*)dScores.Address + ((long)row.Index * plan.Stride);
            TFloats query = TReach.Load<TFloats>((float*)terms.Queries.Address + ((long)row.Index * units) + unit, lanes);
            TFloats vector = TReach.Load<TFloats>((float*)terms.ScoreWeights.Address + unit, lanes);
            TFloats dVector = TReach.Load<TFloats>(ownSums + unit, lanes);
            TFloats dQuery = default;
            for (int j = 0; j < row.Length; j++)
            {
                long step = (long)j * units;
                TFloats inside = query + TReach.Load<TFloats>(key + step, lanes);
                if (fed is not null)
                {
                    inside += TReach.Load<TFloats>(fed + unit + step, lanes);
                }

                TFloats value = Functions.Tanh(inside);
                TFloats slope = TFloats.Of(dScore[j]);
                dVector = TFloats.MultiplyAdd(slope, value, dVector);
                slope = slope * vector * TFloats.SubtractProduct(value, value, TFloats.Of(1));
                dQuery += slope;
                if (dKey is not null)
                {
                    TReach.Store(TReach.Load<TFloats>(dKey + step, lanes) + slope, dKey + step, lanes);
                }

                if (fed is not null)
                {
                    TReach.Store(slope, fed + unit + step, lanes);
                }
            }

            TReach.Store(dVector, ownSums + unit, lanes);
            if (!gradients.Queries.IsEmpty)
            {
                float* to = (float*)gradients.Queries.Address + ((long)row.Index * units) + unit;
                TReach.Store(TReach.Load<TFloats>(to, lanes) + dQuery, to, lanes);
            }
        }

        // Few features: a dot product for each, over slopes that lie in the first cache.
        private void ToFeatures<TFloats>(in SourceRow row, float* slopes, float* dAcross)
            where TFloats : struct, IFloats<TFloats>
        {
            (int units, int count) = (terms.Units, terms.FeatureCount);
            float* to = (float*)gradients.Features.Address + ((long)row.Index * plan.Stride * count);
            for (int j = 0; !gradients.Features.IsEmpty && j < row.Length; j++)
            {
                for (int f = 0; f < count; f++)
                {
                    *to++ += Reduce.Sum<Elementwise.Product, TFloats>(default, slopes + ((long)j * units), (float*)across + ((long)f * units), units);
                }
            }

            if (!gradients.FeatureWeights.IsEmpty)
            {
                Matrix features = AdditiveScores.Features(plan, terms, terms.Features, row);
                Matrix right = AdditiveScores.View((nint)slopes, row.Length, units);
                MatMul.Tile(features.Transposed, right, AdditiveScores.View((nint)dAcross, count, units), accumulate: true);
            }
        }
    }
}
