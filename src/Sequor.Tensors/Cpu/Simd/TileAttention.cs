using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Attention of one query per row to a source sentence whose keys lie in tiles: each lane follows one position, in one chain of multiply-adds, as in the
/// product of whole sentences. Rows of one sentence are read together, so that a tile serves all of them.
/// </summary>
internal static unsafe class TileAttention
{
    internal static void Run(WorkerPool pool, in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights)
    {
        if (!weights.IsEmpty)
        {
            new Span<float>((void*)weights.Address, checked((int)weights.Length)).Clear();
        }

        // The mean of the heads is added up in their order: by one thread.
        int units = (int)plan.Groups.Length - 1;
        int heads = weights.IsEmpty ? plan.Heads : 1;
        int items = Math.Min(QueryUnits.Items(plan.Lengths, plan.Heads, plan.HeadWidth), units * heads);
        VectorWork.Run(pool, new Work(plan, queries, output, weights, units, heads, items), items);
    }

    /// <summary>Lays sentences out.</summary>
    internal static void Write(WorkerPool pool, in TilePlan plan, in Matrix pairs, Storage<int> starts) =>
        VectorWork.Run(pool, new WriteWork(plan, pairs, starts), plan.Rows);

    private readonly struct Work(
        TilePlan plan, Matrix queries, Matrix output, Storage<float> weights, int groups, int headUnits, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long end = QueryUnits.First(groups, headUnits, item + 1, items);
            for (long unit = QueryUnits.First(groups, headUnits, item, items); unit < end; unit++)
            {
                int group = (int)(unit / headUnits);
                int first = (int)(unit - ((long)group * headUnits)) * (plan.Heads / headUnits);
                for (int head = first; head < first + (plan.Heads / headUnits); head++)
                {
                    Unit<TFloats>(group, head);
                }
            }
        }

        private void Unit<TFloats>(int group, int head)
            where TFloats : struct, IFloats<TFloats>
        {
            int row = ((int*)plan.Groups.Address)[group];
            int end = ((int*)plan.Groups.Address)[group + 1];
            TileHead part = new(plan, row, head);
            float* scratch = Scratch.Floats(ScratchPlace.Attention, (long)TilePlan.MostRows * part.Padded);
            for (int left = end - row; left > 0;)
            {
                TileRows rows = new(
                    (float*)queries.Storage.Address + (row * queries.RowStride) + (head * plan.HeadWidth), queries.RowStride,
                    (float*)output.Storage.Address + (row * output.RowStride) + (head * plan.HeadWidth), output.RowStride, scratch);
                int count = left >= 4 ? 4 : 1;
                if (count == 4)
                {
                    TileProducts.ScoreFour<TFloats>(part, rows);
                }
                else
                {
                    TileProducts.ScoreOne<TFloats>(part, rows);
                }

                for (int i = 0; i < count; i++)
                {
                    float* of = scratch + ((long)i * part.Padded);
                    Softmax.PaddedRow<TFloats>(of, plan.Scale, part.Length, part.Padded);
                    Tell(row + i, of, part.Length);
                }

                if (count == 4)
                {
                    TileProducts.MixFour<TFloats>(part, rows);
                }
                else
                {
                    TileProducts.MixOne<TFloats>(part, rows);
                }

                (row, left) = (row + count, left - count);
            }
        }

        private void Tell(int row, float* of, int length)
        {
            if (weights.IsEmpty)
            {
                return;
            }

            float* mean = (float*)weights.Address + (row * (weights.Length / plan.Rows));
            for (int s = 0; s < length; s++)
            {
                mean[s] += of[s] / plan.Heads;
            }
        }
    }

    private readonly struct WriteWork(TilePlan plan, Matrix pairs, Storage<int> starts) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            float* pair = (float*)pairs.Storage.Address + (((int*)starts.Address)[item] * pairs.RowStride);
            for (int head = 0; head < plan.Heads; head++)
            {
                TileHead part = new(plan, item, head);
                float* key = pair + (head * plan.HeadWidth);
                for (int s = 0; s < part.Padded; s += TFloats.Count)
                {
                    WriteKeys<TFloats>(part, key, s);
                }

                float* value = key + (plan.Heads * plan.HeadWidth);
                for (int s = 0; s < part.Length; s++)
                {
                    new ReadOnlySpan<float>(value + (s * pairs.RowStride), plan.HeadWidth).CopyTo(
                        new Span<float>(part.Values + ((long)s * plan.HeadWidth), plan.HeadWidth));
                }
            }
        }

        private void WriteKeys<TFloats>(TileHead part, float* key, int s)
            where TFloats : struct, IFloats<TFloats>
        {
            float** rows = stackalloc float*[TilePlan.TileLength];
            int count = Math.Clamp(part.Length - s, 0, TFloats.Count);
            for (int lane = 0; lane < TFloats.Count; lane++)
            {
                rows[lane] = key + (Math.Min(s + lane, part.Length - 1) * pairs.RowStride);
            }

            float* to = part.Tile(s);
            int i = 0;
            for (; i <= plan.HeadWidth - 4; i += 4, to += 4 * TilePlan.TileLength)
            {
                TFloats.LoadColumns(rows, i, out TFloats k0, out TFloats k1, out TFloats k2, out TFloats k3);
                TFloats.First(count, k0, default).Store(to);
                TFloats.First(count, k1, default).Store(to + TilePlan.TileLength);
                TFloats.First(count, k2, default).Store(to + (2 * TilePlan.TileLength));
                TFloats.First(count, k3, default).Store(to + (3 * TilePlan.TileLength));
            }

            for (; i < plan.HeadWidth; i++, to += TilePlan.TileLength)
            {
                for (int lane = 0; lane < TFloats.Count; lane++)
                {
                    to[lane] = lane < count ? rows[lane][i] : 0;
                }
            }
        }
    }
}
