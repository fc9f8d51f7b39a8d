using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Scores by a layer of tanh units (Bahdanau et al. 2015, A.1.2). The units live in registers only; features, where there are any, reach them by a
/// matrix product over the positions of one row, [length, F] by [F, A], in this thread's scratch memory.
/// </summary>
internal static unsafe class AdditiveScores
{
    internal static void Forward(WorkerPool pool, in SourcePlan plan, in AdditiveTerms terms, Storage<float> scores)
    {
        SourceCut cut = SourceCut.Rows(plan, terms.Units);
        float* across = Scratch.Floats(ScratchPlace.Kernel, (long)terms.Units * terms.FeatureCount);
        Transpose(terms, across);
        VectorWork.Run(pool, new Work(plan, terms, cut, scores, (nint)across), cut.Items);
    }

    /// <summary>Lays the weights of the features out as the right-hand side of a product, [F, A].</summary>
    internal static void Transpose(in AdditiveTerms terms, float* across)
    {
        float* weights = (float*)terms.FeatureWeights.Address;
        for (int unit = 0; unit < terms.Units; unit++)
        {
            for (int f = 0; f < terms.FeatureCount; f++)
            {
                across[(f * terms.Units) + unit] = weights[(unit * terms.FeatureCount) + f];
            }
        }
    }

    /// <summary>What the features of a row add to each unit at each position, [length, A]; nothing without features.</summary>
    internal static float* Fed(in SourcePlan plan, in AdditiveTerms terms, in SourceRow row, nint across)
    {
        if (terms.FeatureCount == 0)
        {
            return null;
        }

        float* tile = Scratch.Floats(ScratchPlace.Attention, (long)row.Length * terms.Units);
        MatMul.Tile(
            Features(plan, terms, terms.Features, row), View(across, terms.FeatureCount, terms.Units), View((nint)tile, row.Length, terms.Units),
            accumulate: false);
        return tile;
    }

    /// <summary>The features of a row's own positions, [length, F].</summary>
    internal static Matrix Features(in SourcePlan plan, in AdditiveTerms terms, Storage<float> features, in SourceRow row) =>
        new(features.Slice((long)row.Index * plan.Stride * terms.FeatureCount, (long)row.Length * terms.FeatureCount), row.Length, terms.FeatureCount);

    internal static Matrix View(nint address, int rows, int columns) => new(new Storage<float>(address, (long)rows * columns), rows, columns);

    private readonly struct Work(SourcePlan plan, AdditiveTerms terms, SourceCut cut, Storage<float> scores, nint across) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int units = terms.Units;
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                float* query = (float*)terms.Queries.Address + ((long)row.Index * units);
                float* key = (float*)terms.Keys.Address + ((long)row.Start * units);
                float* results = (float*)scores.Address + ((long)row.Index * plan.Stride);
                float* fed = Fed(plan, terms, row, across);
                for (int j = 0; j < row.Length; j++, key += units)
                {
                    results[j] = fed is null
                        ? Reduce.Sum<Unit, TFloats>(default, query, key, (float*)terms.ScoreWeights.Address, units)
                        : FedSum<TFloats>(query, key, fed + ((long)j * units));
                }

                row.ClearBehind(results, plan.Stride);
            }
        }

        private float FedSum<TFloats>(float* query, float* key, float* fed)
            where TFloats : struct, IFloats<TFloats>
        {
            float* vector = (float*)terms.ScoreWeights.Address;
            TFloats sum = default;
            int i = 0;
            for (; i <= terms.Units - TFloats.Count; i += TFloats.Count)
            {
                TFloats inside = TFloats.Load(query + i) + TFloats.Load(key + i) + TFloats.Load(fed + i);
                sum = TFloats.MultiplyAdd(TFloats.Load(vector + i), Functions.Tanh(inside), sum);
            }

            if (i < terms.Units)
            {
                int rest = terms.Units - i;
                TFloats inside = TFloats.LoadFirst(query + i, rest, default) + TFloats.LoadFirst(key + i, rest, default) + TFloats.LoadFirst(fed + i, rest, default);
                sum = TFloats.MultiplyAdd(TFloats.LoadFirst(vector + i, rest, default), Functions.Tanh(inside), sum);
            }

            return sum.Sum();
        }
    }

    /// <summary>v · tanh(q + k).</summary>
    private readonly struct Unit : IMap3
    {
        public TFloats Of<TFloats>(TFloats query, TFloats key, TFloats vector)
            where TFloats : struct, IFloats<TFloats> => vector * Functions.Tanh(query + key);
    }
}
