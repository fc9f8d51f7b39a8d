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
    private const int RowsTogether = 4;

    internal static void Run(WorkerPool pool, in TilePlan plan, in Matrix queries, in Matrix output, Storage<float> weights)
    {
        if (!weights.IsEmpty)
        {
            new Span<float>((void*)weights.Address, checked((int)weights.Length)).Clear();
        }

        // The mean of the heads is added up in their order: by one thread.
        int groups = (int)plan.Groups.Length - 1;
        int together = weights.IsEmpty ? QueryUnits.HeadsTogether : plan.Heads;
        int items = QueryUnits.Items(plan.Lengths, groups, plan.Heads, plan.HeadWidth, together);
        VectorWork.Run(pool, new Work(plan, queries, output, weights, groups, together, items), items);
    }

    /// <summary>Lays sentences out.</summary>
    internal static void Write(WorkerPool pool, in TilePlan plan, in Matrix pairs, Storage<int> starts) =>
        VectorWork.Run(pool, new WriteWork(plan, pairs, starts), plan.Rows);

    private readonly struct Work(
        TilePlan plan, Matrix queries, Matrix output, Storage<float> weights, int groups, int together, int items) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            QueryUnits units = new(groups, plan.Heads, item, items, together);

            // What this thread reads after an item, if two threads take turns; one thread by itself comes there soon.
            QueryUnits soon = new(groups, plan.Heads, Math.Min(item + 2, items - 1), items, together);
            for (int group = units.FirstRow; group <= units.LastRow; group++)
            {
                int row = ((int*)plan.Groups.Address)[group];
                int end = ((int*)plan.Groups.Address)[group + 1];
                int endHead = units.EndHead(group);
                int next = ((int*)plan.Groups.Address)[group < units.LastRow ? group + 1 : soon.FirstRow];
                LinesAhead ahead = Ahead(next);
                for (int head = units.FirstHead(group); head < endHead; head += QueryUnits.HeadsTogether)
                {
                    Heads<TFloats>(row, end, head, Math.Min(QueryUnits.HeadsTogether, endHead - head), ref ahead);
                }
            }
        }

        private LinesAhead Ahead(int row)
        {
            TileHead first = new(plan, row, 0);
            return new LinesAhead(first.Tile(0), plan.Heads * first.Step * sizeof(float));
        }

        private void Heads<TFloats>(int row, int end, int head, int heads, ref LinesAhead ahead)
            where TFloats : struct, IFloats<TFloats>
        {
            TileHead part = new(plan, row, head);
            float* scratch = Scratch.Floats(ScratchPlace.Attention, (long)QueryUnits.HeadsTogether * part.Padded);
            for (; row <= end - RowsTogether; row += RowsTogether)
            {
                for (int i = 0; i < heads; i++)
                {
                    TileRows rows = Rows(row, head + i, scratch);
                    TileHead one = part.Next(i);
                    TileProducts.ScoreFour<TFloats>(one, rows, ref ahead);
                    Weigh<TFloats>(row, 1, RowsTogether, part, scratch);
                    TileProducts.MixFour<TFloats>(one, rows, ref ahead);
                }
            }

            for (; row < end; row++)
            {
                TileRows rows = Rows(row, head, scratch);
                if (heads == QueryUnits.HeadsTogether)
                {
                    TileProducts.ScoreFourHeads<TFloats>(part, rows, ref ahead);
                }
                else
                {
                    for (int i = 0; i < heads; i++)
                    {
                        TileProducts.ScoreOne<TFloats>(part.Next(i), Rows(row, head + i, scratch + (i * part.Padded)));
                    }
                }

                Weigh<TFloats>(row, 0, heads, part, scratch);
                TileProducts.MixHeads<TFloats>(part, rows, heads, ref ahead);
            }
        }

        /// <summary>Makes weights of a few rows of scores, which are of neighbouring rows or of neighbouring heads.</summary>
        private void Weigh<TFloats>(int row, int rowStep, int count, TileHead part, float* scores)
            where TFloats : struct, IFloats<TFloats>
        {
            for (int i = 0; i < count; i++)
            {
                Softmax.PaddedRow<TFloats>(scores + (i * part.Padded), plan.Scale, part.Length, part.Padded);
            }

            for (int i = 0; i < count && !weights.IsEmpty; i++)
            {
                Tell(row + (i * rowStep), scores + (i * part.Padded), part.Length);
            }
        }

        private TileRows Rows(int row, int head, float* scratch) => new(
            (float*)queries.Storage.Address + (row * queries.RowStride) + (head * plan.HeadWidth), queries.RowStride,
            (float*)output.Storage.Address + (row * output.RowStride) + (head * plan.HeadWidth), output.RowStride, scratch);

        private void Tell(int row, float* of, int length)
        {
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
