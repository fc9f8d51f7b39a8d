using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// Scaled dot-product attention from small matrix products. A query row's bits depend on its own visible keys only: hidden keys have weights
/// of exactly 0, which leave the chain of multiply-adds over the values where it was.
/// </summary>
internal static unsafe class Attention
{
    internal static void Forward(
        WorkerPool pool, in AttentionPlan plan, in Matrix queries, in Matrix keys, in Matrix values, in Matrix output,
        Storage<float> probabilities)
    {
        int items = AttentionUnit.Items(plan);
        VectorWork.Run(pool, new Work(plan, queries, keys, values, output, probabilities, items), items);
    }

    private readonly struct Work(
        AttentionPlan plan, Matrix queries, Matrix keys, Matrix values, Matrix output, Storage<float> probabilities, int items) : IVectorWork
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
            next.AskForQueries(queries);
            next.AskForKeys(keys);
            next.AskForKeys(values);
            next.AskForQueries(output);
        }

        private void Unit<TFloats>(AttentionUnit unit)
            where TFloats : struct, IFloats<TFloats>
        {
            int tile = Math.Min(unit.QueryLength, AttentionUnit.BlockRows) * unit.RowLength;
            float* scratch = Scratch.Floats(ScratchPlace.Attention, 2L * tile);
            for (int first = 0; first < unit.QueryLength; first += AttentionUnit.BlockRows)
            {
                int rows = Math.Min(AttentionUnit.BlockRows, unit.QueryLength - first);
                float* weights = probabilities.IsEmpty
                    ? scratch
                    : (float*)probabilities.Address + unit.ProbabilityStart + ((long)first * unit.RowLength);
                Block<TFloats>(unit, first, rows, weights, scratch + tile);
            }
        }

        private void Block<TFloats>(AttentionUnit unit, int first, int rows, float* weights, float* dropped)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = unit.RowLength;
            int seen = unit.Visible(first + rows - 1);
            Matrix scores = new(new Storage<float>((nint)weights, (long)rows * width), rows, seen, width);
            MatMul.PaddedTile(unit.Queries(queries, first, rows), unit.Keys(keys, seen).Transposed, scores);
            for (int row = 0; row < rows; row++)
            {
                float* of = weights + ((long)row * width);
                int visible = unit.Visible(first + row);
                Softmax.PaddedRow<TFloats>(of, plan.Scale, visible, width);
                if (!plan.Dropout.KeepsAll)
                {
                    Drop<TFloats>(unit, first + row, of, dropped + ((long)row * width), width);
                }
            }

            float* kept = plan.Dropout.KeepsAll ? weights : dropped;
            Matrix mixed = scores with { Storage = new Storage<float>((nint)kept, (long)rows * width) };
            MatMul.Tile(mixed, unit.Keys(values, seen), unit.Queries(output, first, rows), accumulate: false);
        }

        // Rows of weights are whole vectors at every width.
        private void Drop<TFloats>(AttentionUnit unit, int t, float* weights, float* dropped, int width)
            where TFloats : struct, IFloats<TFloats>
        {
            CounterHash hash = CounterHash.OfRow(((uint*)plan.Dropout.RowKeys.Address)[unit.QueryStart + t], plan.Dropout.SiteKey);
            TFloats places = TFloats.Places(hash.Start + ((uint)unit.Head * 65536 * hash.Step), hash.Step);
            for (int s = 0; s < width; s += TFloats.Count)
            {
                (TFloats.Load(weights + s) * TFloats.Kept(places, _threshold, _keptScale)).Store(dropped + s);
                places = TFloats.Advance(places, hash.Step * (uint)TFloats.Count);
            }
        }
    }
}
