using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>What two rows have in common over a source sentence, position by position: the coverage loss (See et al. 2017, eq. 12).</summary>
internal static unsafe class SourceMinima
{
    internal static void Forward(WorkerPool pool, in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> sums)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(pool, new ForwardWork(plan, cut, a, b, sums), cut.Items);
    }

    internal static void Backward(
        WorkerPool pool, in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(pool, new BackwardWork(plan, cut, a, b, dSums, da, db), cut.Items);
    }

    private readonly struct ForwardWork(SourcePlan plan, SourceCut cut, Storage<float> a, Storage<float> b, Storage<float> sums) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    long start = scoreRow * plan.Stride;
                    ((float*)sums.Address)[scoreRow] = Reduce.Sum<Smaller, TFloats>(default, (float*)a.Address + start, (float*)b.Address + start, row.Length);
                }
            }
        }
    }

    private readonly struct BackwardWork(
        SourcePlan plan, SourceCut cut, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    long start = scoreRow * plan.Stride;
                    float slope = ((float*)dSums.Address)[scoreRow];
                    float* left = (float*)a.Address + start;
                    float* right = (float*)b.Address + start;
                    Add<TFloats>(new Share(slope, 0), left, right, da, start, row.Length);
                    Add<TFloats>(new Share(0, slope), left, right, db, start, row.Length);
                }
            }
        }

        private static void Add<TFloats>(Share share, float* left, float* right, Storage<float> gradient, long start, int length)
            where TFloats : struct, IFloats<TFloats>
        {
            if (!gradient.IsEmpty)
            {
                Loop.MapOrAdd<Share, TFloats>(share, left, right, (float*)gradient.Address + start, length, accumulate: true);
            }
        }
    }

    private readonly struct Smaller : IMap2
    {
        public TFloats Of<TFloats>(TFloats a, TFloats b)
            where TFloats : struct, IFloats<TFloats> => TFloats.WhereLessOrEqual(a, b, a, b);
    }

    /// <summary>One number where a ≤ b, another elsewhere.</summary>
    private readonly struct Share(float whereLessOrEqual, float elsewhere) : IMap2
    {
        public TFloats Of<TFloats>(TFloats a, TFloats b)
            where TFloats : struct, IFloats<TFloats> => TFloats.WhereLessOrEqual(a, b, TFloats.Of(whereLessOrEqual), TFloats.Of(elsewhere));
    }
}
