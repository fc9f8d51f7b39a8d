using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Softmax of each row of scores over its own source sentence, or over a window of it, and its gradient.</summary>
internal static unsafe class SourceSoftmax
{
    internal static void Forward(
        WorkerPool pool, in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(pool, new ForwardWork(plan, cut, scores, centres, reach, weights), cut.Items);
    }

    internal static void Backward(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate)
    {
        SourceCut cut = SourceCut.Rows(plan, plan.Heads);
        VectorWork.Run(pool, new BackwardWork(plan, cut, weights, dWeights, dScores, accumulate), cut.Items);
    }

    private readonly struct ForwardWork(
        SourcePlan plan, SourceCut cut, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (long scoreRow = (long)row.Index * plan.Heads; scoreRow < ((long)row.Index + 1) * plan.Heads; scoreRow++)
                {
                    (int first, int end) = (0, row.Length);
                    if (!centres.IsEmpty)
                    {
                        (first, end) = Plain.SourceSoftmax.Window(((float*)centres.Address)[scoreRow], reach, row.Length);
                    }

                    float* results = (float*)weights.Address + (scoreRow * plan.Stride);
                    Softmax.Row<TFloats>((float*)scores.Address + (scoreRow * plan.Stride) + first, results + first, end - first);
                    new Span<float>(results, first).Clear();
                    new Span<float>(results + end, plan.Stride - end).Clear();
                }
            }
        }
    }

    private readonly struct BackwardWork(
        SourcePlan plan, SourceCut cut, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate) : IVectorWork
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
                    float* values = (float*)weights.Address + start;
                    float* gradients = (float*)dWeights.Address + start;
                    float* results = (float*)dScores.Address + start;
                    Softmax.Slope slope = new(Reduce.Sum<Elementwise.Product, TFloats>(default, values, gradients, row.Length));
                    Loop.MapOrAdd<Softmax.Slope, TFloats>(slope, values, gradients, results, row.Length, accumulate);
                    if (!accumulate)
                    {
                        row.ClearBehind(results, plan.Stride);
                    }
                }
            }
        }
    }
}
