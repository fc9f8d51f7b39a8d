using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// The products of query rows with the positions of the source sentence that each reads, head by head. A row's bits depend on its own numbers and its
/// own sentence only. Most sentences are short and most are read by one row, so these are loops over rows and not matrix products.
/// </summary>
internal static unsafe class SourceProducts
{
    internal static void Dots(
        WorkerPool pool, in SourcePlan plan, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate)
    {
        SourceCut cut = SourceCut.Rows(plan, width);
        VectorWork.Run(pool, new DotWork(plan, cut, rows, keys, width, scale, scores, accumulate), cut.Items);
    }

    internal static void Sums(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate)
    {
        SourceCut cut = SourceCut.Rows(plan, width);
        VectorWork.Run(pool, new SumWork(plan, cut, weights, values, width, scale, output, accumulate), cut.Items);
    }

    internal static void Spread(
        WorkerPool pool, in SourcePlan plan, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target)
    {
        SourceCut cut = SourceCut.Sentences(plan, width);
        VectorWork.Run(pool, new SpreadWork(plan, cut, weights, rows, width, scale, target), cut.Items);
    }

    private readonly struct DotWork(
        SourcePlan plan, SourceCut cut, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate)
        : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int headWidth = width / plan.Heads;
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (int head = 0; head < plan.Heads; head++)
                {
                    long scoreRow = ((long)row.Index * plan.Heads) + head;
                    float* results = (float*)scores.Address + (scoreRow * plan.Stride);
                    float* query = (float*)rows.Address + (scoreRow * headWidth);
                    float* key = (float*)keys.Address + ((long)row.Start * width) + (head * headWidth);
                    for (int j = 0; j < row.Length; j++, key += width)
                    {
                        float dot = scale * Reduce.Sum<Elementwise.Product, TFloats>(default, query, key, headWidth);
                        results[j] = accumulate ? results[j] + dot : dot;
                    }

                    if (!accumulate)
                    {
                        row.ClearBehind(results, plan.Stride);
                    }
                }
            }
        }
    }

    private readonly struct SumWork(
        SourcePlan plan, SourceCut cut, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate)
        : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int headWidth = width / plan.Heads;
            for (int place = cut.First(item); place < cut.First(item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (int head = 0; head < plan.Heads; head++)
                {
                    long scoreRow = ((long)row.Index * plan.Heads) + head;
                    Row<TFloats>(
                        (float*)weights.Address + (scoreRow * plan.Stride), (float*)values.Address + ((long)row.Start * width) + (head * headWidth),
                        (float*)output.Address + (scoreRow * headWidth), row.Length, headWidth);
                }
            }
        }

        private void Row<TFloats>(float* weight, float* value, float* result, int length, int columns)
            where TFloats : struct, IFloats<TFloats>
        {
            int i = 0;
            for (; i <= columns - (4 * TFloats.Count); i += 4 * TFloats.Count)
            {
                Four<TFloats>(weight, value + i, result + i, length);
            }

            for (; i <= columns - TFloats.Count; i += TFloats.Count)
            {
                One<TFloats, WholeVector>(weight, value + i, result + i, length, TFloats.Count);
            }

            if (i < columns)
            {
                One<TFloats, FirstLanes>(weight, value + i, result + i, length, columns - i);
            }
        }

        // Four chains at a time, because one would wait for each of its additions.
        private void Four<TFloats>(float* weight, float* value, float* result, int length)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int j = 0; j < length; j++, value += width)
            {
                TFloats factor = TFloats.Of(weight[j]);
                sum0 = TFloats.MultiplyAdd(factor, TFloats.Load(value), sum0);
                sum1 = TFloats.MultiplyAdd(factor, TFloats.Load(value + TFloats.Count), sum1);
                sum2 = TFloats.MultiplyAdd(factor, TFloats.Load(value + (2 * TFloats.Count)), sum2);
                sum3 = TFloats.MultiplyAdd(factor, TFloats.Load(value + (3 * TFloats.Count)), sum3);
            }

            Finish<TFloats, WholeVector>(sum0, result, TFloats.Count);
            Finish<TFloats, WholeVector>(sum1, result + TFloats.Count, TFloats.Count);
            Finish<TFloats, WholeVector>(sum2, result + (2 * TFloats.Count), TFloats.Count);
            Finish<TFloats, WholeVector>(sum3, result + (3 * TFloats.Count), TFloats.Count);
        }

        private void One<TFloats, TReach>(float* weight, float* value, float* result, int length, int lanes)
            where TFloats : struct, IFloats<TFloats>
            where TReach : struct, IReach
        {
            TFloats sum = default;
            for (int j = 0; j < length; j++, value += width)
            {
                sum = TFloats.MultiplyAdd(TFloats.Of(weight[j]), TReach.Load<TFloats>(value, lanes), sum);
            }

            Finish<TFloats, TReach>(sum, result, lanes);
        }

        private void Finish<TFloats, TReach>(TFloats sum, float* result, int lanes)
            where TFloats : struct, IFloats<TFloats>
            where TReach : struct, IReach
        {
            TFloats scaled = TFloats.Of(scale) * sum;
            TReach.Store(accumulate ? TReach.Load<TFloats>(result, lanes) + scaled : scaled, result, lanes);
        }
    }

    private readonly struct SpreadWork(
        SourcePlan plan, SourceCut cut, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            int headWidth = width / plan.Heads;
            for (int place = SourceRow.FirstPlace(plan, cut, item); place < SourceRow.FirstPlace(plan, cut, item + 1); place++)
            {
                SourceRow row = new(plan, place);
                for (int head = 0; head < plan.Heads; head++)
                {
                    long scoreRow = ((long)row.Index * plan.Heads) + head;
                    Row<TFloats>(
                        (float*)weights.Address + (scoreRow * plan.Stride), (float*)rows.Address + (scoreRow * headWidth),
                        (float*)target.Address + ((long)row.Start * width) + (head * headWidth), row.Length, headWidth);
                }
            }
        }

        private void Row<TFloats>(float* weight, float* row, float* to, int length, int columns)
            where TFloats : struct, IFloats<TFloats>
        {
            int i = 0;
            for (; i <= columns - TFloats.Count; i += TFloats.Count)
            {
                Column<TFloats, WholeVector>(weight, row + i, to + i, length, TFloats.Count);
            }

            if (i < columns)
            {
                Column<TFloats, FirstLanes>(weight, row + i, to + i, length, columns - i);
            }
        }

        private void Column<TFloats, TReach>(float* weight, float* row, float* to, int length, int lanes)
            where TFloats : struct, IFloats<TFloats>
            where TReach : struct, IReach
        {
            TFloats value = TReach.Load<TFloats>(row, lanes);
            for (int j = 0; j < length; j++, to += width)
            {
                TReach.Store(TFloats.MultiplyAdd(TFloats.Of(scale * weight[j]), value, TReach.Load<TFloats>(to, lanes)), to, lanes);
            }
        }
    }
}
