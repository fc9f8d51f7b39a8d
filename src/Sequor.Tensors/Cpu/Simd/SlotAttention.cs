using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Attention of one query per hypothesis to its own positions. They lie anywhere, so keys are turned in registers: each lane follows one position, in one
/// chain of multiply-adds, as in the product of the whole sentence.
/// </summary>
internal static unsafe class SlotAttention
{
    internal static void Run(WorkerPool pool, in SlotPlan plan, in Matrix pairs, in Matrix output)
    {
        int items = QueryUnits.Items(plan.Lengths, plan.Heads, plan.HeadWidth);
        VectorWork.Run(pool, new Work(plan, pairs, output, items), items);
    }

    private readonly struct Work(SlotPlan plan, Matrix pairs, Matrix output, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long end = QueryUnits.First(plan.Rows, plan.Heads, item + 1, items);
            int ready = -1;
            float** slots = null;
            float* weights = null;
            for (long unit = QueryUnits.First(plan.Rows, plan.Heads, item, items); unit < end; unit++)
            {
                int row = (int)(unit / plan.Heads);
                int length = ((int*)plan.Lengths.Address)[row];
                int padded = TilePlan.RoundedUp(length);
                if (row != ready)
                {
                    // A pointer is as long as two numbers.
                    weights = Scratch.Floats(ScratchPlace.Attention, 3L * padded);
                    slots = (float**)(weights + padded);
                    Find(row, length, padded, slots);
                    ready = row;
                }

                Unit<TFloats>(row, (int)(unit - ((long)row * plan.Heads)), length, padded, slots, weights);
            }
        }

        /// <summary>The slots of a hypothesis. Behind the last position its slot stands again: what is read there counts for nothing.</summary>
        private void Find(int row, int length, int padded, float** slots)
        {
            int* numbers = (int*)plan.Slots.Address + ((long)row * plan.Stride);
            for (int s = 0; s < length; s++)
            {
                slots[s] = (float*)((nint*)plan.Blocks.Address)[numbers[s] / SlotPlan.SlotsPerBlock] + plan.OffsetOf(numbers[s]);
            }

            for (int s = length; s < padded; s++)
            {
                slots[s] = slots[length - 1];
            }
        }

        private void Unit<TFloats>(int row, int head, int length, int padded, float** slots, float* weights)
            where TFloats : struct, IFloats<TFloats>
        {
            int first = head * plan.HeadWidth;
            int width = plan.Heads * plan.HeadWidth;
            float* query = (float*)pairs.Storage.Address + (row * pairs.RowStride) + first;
            Copy<TFloats>(query + width, slots[length - 1] + first, plan.HeadWidth);
            Copy<TFloats>(query + (2 * width), slots[length - 1] + first + width, plan.HeadWidth);
            for (int s = 0; s < length; s += TFloats.Count)
            {
                Score<TFloats>(query, slots + s, first).Store(weights + s);
            }

            Softmax.PaddedRow<TFloats>(weights, plan.Scale, length, padded);
            Mix<TFloats>(weights, slots, length, first + width, (float*)output.Storage.Address + (row * output.RowStride) + first);
        }

        private TFloats Score<TFloats>(float* query, float** slots, int first)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats score = default;
            int i = 0;
            for (; i <= plan.HeadWidth - 4; i += 4)
            {
                TFloats.LoadColumns(slots, first + i, out TFloats k0, out TFloats k1, out TFloats k2, out TFloats k3);
                score = TFloats.MultiplyAdd(TFloats.Of(query[i]), k0, score);
                score = TFloats.MultiplyAdd(TFloats.Of(query[i + 1]), k1, score);
                score = TFloats.MultiplyAdd(TFloats.Of(query[i + 2]), k2, score);
                score = TFloats.MultiplyAdd(TFloats.Of(query[i + 3]), k3, score);
            }

            float* column = stackalloc float[TilePlan.TileLength];
            for (; i < plan.HeadWidth; i++)
            {
                for (int lane = 0; lane < TFloats.Count; lane++)
                {
                    column[lane] = slots[lane][first + i];
                }

                score = TFloats.MultiplyAdd(TFloats.Of(query[i]), TFloats.Load(column), score);
            }

            return score;
        }

        private void Mix<TFloats>(float* weights, float** slots, int length, int first, float* result)
            where TFloats : struct, IFloats<TFloats>
        {
            int i = 0;
            for (; i <= plan.HeadWidth - (4 * TFloats.Count); i += 4 * TFloats.Count)
            {
                TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                for (int s = 0; s < length; s++)
                {
                    TFloats weight = TFloats.Of(weights[s]);
                    float* value = slots[s] + first + i;
                    sum0 = TFloats.MultiplyAdd(weight, TFloats.Load(value), sum0);
                    sum1 = TFloats.MultiplyAdd(weight, TFloats.Load(value + TFloats.Count), sum1);
                    sum2 = TFloats.MultiplyAdd(weight, TFloats.Load(value + (2 * TFloats.Count)), sum2);
                    sum3 = TFloats.MultiplyAdd(weight, TFloats.Load(value + (3 * TFloats.Count)), sum3);
                }

                sum0.Store(result + i);
                sum1.Store(result + i + TFloats.Count);
                sum2.Store(result + i + (2 * TFloats.Count));
                sum3.Store(result + i + (3 * TFloats.Count));
            }

            for (; i < plan.HeadWidth; i += TFloats.Count)
            {
                int count = Math.Min(TFloats.Count, plan.HeadWidth - i);
                TFloats sum = default;
                for (int s = 0; s < length; s++)
                {
                    sum = TFloats.MultiplyAdd(TFloats.Of(weights[s]), RowParts.Read<TFloats>(slots[s] + first + i, count), sum);
                }

                RowParts.Write(sum, result + i, count);
            }
        }

        private static void Copy<TFloats>(float* from, float* to, int length)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int i = 0; i < length; i += TFloats.Count)
            {
                int count = Math.Min(TFloats.Count, length - i);
                RowParts.Write(RowParts.Read<TFloats>(from + i, count), to + i, count);
            }
        }
    }
}
