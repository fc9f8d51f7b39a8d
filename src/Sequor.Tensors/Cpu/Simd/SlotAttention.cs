using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Attention of one query per hypothesis to its own positions. They lie anywhere, so keys are turned in registers: each lane follows one position, in one
/// chain of multiply-adds, as in the product of the whole sentence. Some heads go together, because one chain would wait for each addition.
/// </summary>
internal static unsafe class SlotAttention
{
    internal static void Run(WorkerPool pool, in SlotPlan plan, in Matrix pairs, in Matrix output)
    {
        int items = QueryUnits.Items(plan.Lengths, plan.Rows, plan.Heads, plan.HeadWidth);
        VectorWork.Run(pool, new Work(plan, pairs, output, items), items);
    }

    private readonly struct Work(SlotPlan plan, Matrix pairs, Matrix output, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            QueryUnits units = new(plan.Rows, plan.Heads, item, items);

            // A pointer is as long as two numbers; the next row's are found early, so that its numbers can be asked for.
            int soon = SoonRow(item);
            int longest = Math.Max(Longest(units.FirstRow, units.LastRow), Longest(soon, soon));
            float* scratch = Scratch.Floats(ScratchPlace.Attention, (long)longest * (QueryUnits.HeadsTogether + 4));
            float* weights = scratch + (4L * longest);
            SlotRow row = Find(units.FirstRow, (float**)scratch);
            float** spare = (float**)(scratch + (2L * longest));
            for (int index = units.FirstRow; index <= units.LastRow; index++)
            {
                SlotRow next = Find(index < units.LastRow ? index + 1 : soon, spare);
                int first = units.FirstHead(index);
                int end = units.EndHead(index);

                // Keys and values lie in too many places for the processor to foresee; whole slots are asked for while a row is worked on.
                LinesAhead ahead = new(next.Slots, row.Slots, next.Length, 2L * plan.Heads * plan.HeadWidth * sizeof(float));
                for (int head = first; head < end; head += QueryUnits.HeadsTogether)
                {
                    Heads<TFloats>(index, head, Math.Min(QueryUnits.HeadsTogether, end - head), row, weights, ref ahead);
                }

                spare = row.Slots;
                row = next;
            }
        }

        /// <summary>What this thread reads after an item, if two threads take turns; one thread by itself comes there soon.</summary>
        private int SoonRow(int item) => new QueryUnits(plan.Rows, plan.Heads, Math.Min(item + 2, items - 1), items).FirstRow;

        private int Longest(int first, int last)
        {
            int longest = 0;
            for (int row = first; row <= last; row++)
            {
                longest = Math.Max(longest, ((int*)plan.Lengths.Address)[row]);
            }

            return TilePlan.RoundedUp(longest);
        }

        /// <summary>The slots of a hypothesis. Behind the last position its slot stands again: what is read there counts for nothing.</summary>
        private SlotRow Find(int row, float** slots)
        {
            int length = ((int*)plan.Lengths.Address)[row];
            int* numbers = (int*)plan.Slots.Address + ((long)row * plan.Stride);
            for (int s = 0; s < length; s++)
            {
                slots[s] = (float*)((nint*)plan.Blocks.Address)[numbers[s] / SlotPlan.SlotsPerBlock] + plan.OffsetOf(numbers[s]);
            }

            int padded = TilePlan.RoundedUp(length);
            for (int s = length; s < padded; s++)
            {
                slots[s] = slots[length - 1];
            }

            return new SlotRow(slots, length, padded);
        }

        private void Heads<TFloats>(int index, int head, int heads, SlotRow row, float* weights, ref LinesAhead ahead)
            where TFloats : struct, IFloats<TFloats>
        {
            int first = head * plan.HeadWidth;
            int width = plan.Heads * plan.HeadWidth;
            float* query = (float*)pairs.Storage.Address + (index * pairs.RowStride) + first;
            float* own = row.Slots[row.Length - 1] + first;
            Loop.Map<Elementwise.Same, TFloats>(default, query + width, own, heads * plan.HeadWidth);
            Loop.Map<Elementwise.Same, TFloats>(default, query + (2 * width), own + width, heads * plan.HeadWidth);
            for (int s = 0; s < row.Length; s += TFloats.Count)
            {
                int done = 0;
                for (; done <= heads - 2; done += 2)
                {
                    ScoreTwo<TFloats>(query + (done * plan.HeadWidth), row.Slots + s, first + (done * plan.HeadWidth), weights + (done * row.Padded) + s, row.Padded, ref ahead);
                }

                if (done < heads)
                {
                    ScoreOne<TFloats>(query + (done * plan.HeadWidth), row.Slots + s, first + (done * plan.HeadWidth), weights + (done * row.Padded) + s);
                }
            }

            for (int i = 0; i < heads; i++)
            {
                Softmax.PaddedRow<TFloats>(weights + (i * row.Padded), plan.Scale, row.Length, row.Padded);
            }

            float* result = (float*)output.Storage.Address + (index * output.RowStride) + first;
            WeightedValues.Sum<TFloats, SlotValues>(
                new(row.Slots, first + width, plan.HeadWidth), new(weights, row.Length, row.Padded), heads, plan.HeadWidth, result, ref ahead);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void ScoreTwo<TFloats>(float* query, float** slots, int first, float* scores, int step, ref LinesAhead ahead)
            where TFloats : struct, IFloats<TFloats>
        {
            int other = plan.HeadWidth;
            if (other % 4 != 0)
            {
                ScoreOne<TFloats>(query, slots, first, scores);
                ScoreOne<TFloats>(query + other, slots, first + other, scores + step);
                return;
            }

            TFloats a = default, b = default;
            for (int i = 0; i < plan.HeadWidth; i += 4)
            {
                ahead.AskForFour();
                ahead.AskForFour();
                TFloats.LoadColumns(slots, first + i, out TFloats k0, out TFloats k1, out TFloats k2, out TFloats k3);
                a = TFloats.MultiplyAdd(TFloats.Of(query[i]), k0, a);
                a = TFloats.MultiplyAdd(TFloats.Of(query[i + 1]), k1, a);
                a = TFloats.MultiplyAdd(TFloats.Of(query[i + 2]), k2, a);
                a = TFloats.MultiplyAdd(TFloats.Of(query[i + 3]), k3, a);
                TFloats.LoadColumns(slots, first + other + i, out k0, out k1, out k2, out k3);
                b = TFloats.MultiplyAdd(TFloats.Of(query[other + i]), k0, b);
                b = TFloats.MultiplyAdd(TFloats.Of(query[other + i + 1]), k1, b);
                b = TFloats.MultiplyAdd(TFloats.Of(query[other + i + 2]), k2, b);
                b = TFloats.MultiplyAdd(TFloats.Of(query[other + i + 3]), k3, b);
            }

            a.Store(scores);
            b.Store(scores + step);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void ScoreOne<TFloats>(float* query, float** slots, int first, float* scores)
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

            score.Store(scores);
        }
    }

    /// <summary>The slots of a hypothesis.</summary>
    /// <param name="slots">Where each position's keys begin, filled up to whole tiles.</param>
    /// <param name="length">The positions.</param>
    /// <param name="padded">The positions in whole tiles.</param>
    private readonly struct SlotRow(float** slots, int length, int padded)
    {
        internal float** Slots { get; } = slots;

        internal int Length { get; } = length;

        internal int Padded { get; } = padded;
    }

    /// <summary>The values of a hypothesis, from a head on.</summary>
    private readonly struct SlotValues(float** slots, int column, int headWidth) : IHeadValues
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* At(int head, int position) => slots[position] + column + (head * headWidth);
    }
}
