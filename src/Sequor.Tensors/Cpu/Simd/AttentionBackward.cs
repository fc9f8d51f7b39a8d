using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// The gradients of <see cref="Attention"/> from small matrix products. With P the weights and D their dropout factors (0 or 1 / (1 - p)):
/// dV = (P·D)ᵀ dO; dP = D · (dO Vᵀ); dS = scale · P · (dP - Σ P·dP); dQ = dS K; dK = dSᵀ Q.
/// </summary>
internal static unsafe class AttentionBackward
{
    internal static void Run(
        WorkerPool pool, in AttentionPlan plan, in AttentionMatrices forward, Storage<float> probabilities, in Matrix dOutput,
        in AttentionMatrices gradients, bool accumulate)
    {
        int items = AttentionUnit.Items(plan);
        VectorWork.Run(pool, new Work(plan, forward, probabilities, dOutput, gradients, accumulate, items), items);
    }

    private readonly struct Work(
        AttentionPlan plan, AttentionMatrices forward, Storage<float> probabilities, Matrix dOutput, AttentionMatrices gradients,
        bool accumulate, int items) : IVectorWork
    {
        private readonly uint _threshold = CounterHash.Threshold(plan.Dropout.Probability);
        private readonly float _keptScale = CounterHash.KeptScale(plan.Dropout.Probability);

        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            long end = AttentionUnit.FirstUnit(plan, item + 1, items);
            for (long unit = AttentionUnit.FirstUnit(plan, item, items); unit < end; unit++)
            {
                if (unit + 1 < end)
                {
                    Ask(new AttentionUnit(plan, unit + 1));
                }

                Unit<TFloats>(new AttentionUnit(plan, unit));
            }
        }

        private void Ask(AttentionUnit next)
        {
            next.AskForQueries(dOutput);
            next.AskForKeys(forward.Values);
            next.AskForKeys(forward.Keys);
            next.AskForQueries(forward.Queries);
            next.AskForKeys(gradients.Values);
            next.AskForQueries(gradients.Queries);
            next.AskForKeys(gradients.Keys);
        }

        private void Unit<TFloats>(AttentionUnit unit)
            where TFloats : struct, IFloats<TFloats>
        {
            // Keys that the first block does not see get their first gradient later, or none at all.
            int covered = unit.QueryLength == 0 ? 0 : unit.Visible(Math.Min(unit.QueryLength, AttentionUnit.BlockRows) - 1);
            if (!accumulate)
            {
                Clear(unit.Keys(gradients.Keys, unit.KeyLength), covered);
                Clear(unit.Keys(gradients.Values, unit.KeyLength), covered);
            }

            int tile = Math.Min(unit.QueryLength, AttentionUnit.BlockRows) * unit.RowLength;
            float* scratch = Scratch.Floats(ScratchPlace.Attention, 2L * tile);
            for (int first = 0; first < unit.QueryLength; first += AttentionUnit.BlockRows)
            {
                int rows = Math.Min(AttentionUnit.BlockRows, unit.QueryLength - first);
                Block<TFloats>(unit, first, rows, scratch, scratch + tile);
            }
        }

        private void Block<TFloats>(AttentionUnit unit, int first, int rows, float* slopes, float* dropped)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = unit.RowLength;
            int seen = unit.Visible(first + rows - 1);
            bool add = accumulate || first > 0;
            float* weights = (float*)probabilities.Address + unit.ProbabilityStart + ((long)first * width);
            Matrix dScores = new(new Storage<float>((nint)slopes, (long)rows * width), rows, seen, width);
            Matrix dOut = unit.Queries(dOutput, first, rows);
            MatMul.PaddedTile(dOut, unit.Keys(forward.Values, seen).Transposed, dScores);
            for (int row = 0; row < rows; row++)
            {
                long start = (long)row * width;
                int visible = unit.Visible(first + row);
                if (!plan.Dropout.KeepsAll)
                {
                    Drop<TFloats>(unit, first + row, weights + start, slopes + start, dropped + start, width);
                }

                ToScores<TFloats>(weights + start, slopes + start, visible, width);
            }

            float* kept = plan.Dropout.KeepsAll ? weights : dropped;
            Matrix mixed = dScores with { Storage = new Storage<float>((nint)kept, (long)rows * width) };
            MatMul.Tile(mixed.Transposed, dOut, unit.Keys(gradients.Values, seen), add);
            MatMul.Tile(dScores, unit.Keys(forward.Keys, seen), unit.Queries(gradients.Queries, first, rows), accumulate);
            MatMul.Tile(dScores.Transposed, unit.Queries(forward.Queries, first, rows), unit.Keys(gradients.Keys, seen), add);
        }

        // Rows of weights are whole vectors at every width; what lies beyond the visible keys is cleared afterwards.
        private void Drop<TFloats>(AttentionUnit unit, int t, float* weights, float* slopes, float* dropped, int width)
            where TFloats : struct, IFloats<TFloats>
        {
            CounterHash hash = CounterHash.OfRow(((uint*)plan.Dropout.RowKeys.Address)[unit.QueryStart + t], plan.Dropout.SiteKey);
            TFloats places = TFloats.Places(hash.Start + ((uint)unit.Head * 65536 * hash.Step), hash.Step);
            for (int s = 0; s < width; s += TFloats.Count)
            {
                TFloats factor = TFloats.Kept(places, _threshold, _keptScale);
                (TFloats.Load(weights + s) * factor).Store(dropped + s);
                (TFloats.Load(slopes + s) * factor).Store(slopes + s);
                places = TFloats.Advance(places, hash.Step * (uint)TFloats.Count);
            }
        }

        // The weights behind the visible keys are 0, but what the product left there need not be a number.
        private void ToScores<TFloats>(float* weights, float* slopes, int visible, int width)
            where TFloats : struct, IFloats<TFloats>
        {
            int whole = visible / TFloats.Count * TFloats.Count;
            int rest = visible - whole;
            TFloats last = rest == 0 ? default : TFloats.First(rest, TFloats.Load(slopes + whole), default);
            TFloats sum = rest == 0 ? default : last * TFloats.Load(weights + whole);
            for (int i = 0; i < whole; i += TFloats.Count)
            {
                sum = TFloats.MultiplyAdd(TFloats.Load(weights + i), TFloats.Load(slopes + i), sum);
            }

            TFloats dot = TFloats.Of(sum.Sum());
            TFloats scale = TFloats.Of(plan.Scale);
            for (int i = 0; i < whole; i += TFloats.Count)
            {
                (scale * (TFloats.Load(weights + i) * (TFloats.Load(slopes + i) - dot))).Store(slopes + i);
            }

            if (rest > 0)
            {
                (scale * (TFloats.Load(weights + whole) * (last - dot))).Store(slopes + whole);
                whole += TFloats.Count;
            }

            for (; whole < width; whole += TFloats.Count)
            {
                default(TFloats).Store(slopes + whole);
            }
        }

        private static void Clear(in Matrix matrix, int firstRow)
        {
            for (int row = firstRow; row < matrix.Rows; row++)
            {
                new Span<float>((float*)matrix.Storage.Address + (row * matrix.RowStride), matrix.Columns).Clear();
            }
        }
    }
}
