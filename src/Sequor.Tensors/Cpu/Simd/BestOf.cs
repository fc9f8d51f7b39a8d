using System.Numerics;
using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>
/// The best columns of each row with their log-probabilities. The greatest number of every part of a row is kept on the way to the greatest of all: only parts
/// that can hold one of the best are looked at again.
/// </summary>
internal static unsafe class BestOf
{
    // The loops are methods of their own that are not inlined: the compiler stops inlining in a method that has become too large, and each vector operation
    // after that would be a call.

    // Eight vectors of sixteen: enough that joining their lanes does not count.
    private const int PartLength = 128;

    internal static void Run(
        WorkerPool pool, in Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums) =>
        VectorWork.Run(
            pool, new Work(logits, k, ids, logProbabilities, logSums), VectorWork.Items(logits.Rows, VectorWork.RowsPerItem(logits.Columns)));

    private readonly struct Work(Matrix logits, int k, Storage<int> ids, Storage<float> logProbabilities, Storage<float> logSums) : IVectorWork
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange rows = RowRange.OfItem(item, logits.Rows, VectorWork.RowsPerItem(logits.Columns));
            for (long row = rows.First; row < rows.End; row++)
            {
                Row<TFloats>(row);
            }
        }

        private void Row<TFloats>(long row)
            where TFloats : struct, IFloats<TFloats>
        {
            float* x = (float*)logits.Storage.Address + (row * logits.RowStride);
            int parts = (logits.Columns + PartLength - 1) / PartLength;
            float* peaks = Scratch.Floats(ScratchPlace.Kernel, parts);
            float greatest = Peaks<TFloats>(x, peaks, parts);
            float logarithm = LogSoftmax.LogarithmOfSum<TFloats>(x, logits.Columns, greatest, x + logits.RowStride);
            ((float*)logSums.Address)[row] = greatest + logarithm;
            var best = new Ranking((int*)ids.Address + (row * k), (float*)logProbabilities.Address + (row * k), k);
            if (float.IsFinite(logarithm))
            {
                Choose<TFloats>(x, peaks, parts, greatest, logarithm, best);
            }
            else
            {
                best.FillWithNaN();
            }
        }

        /// <summary>The greatest number of each part, and of all.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private float Peaks<TFloats>(float* x, float* peaks, int parts)
            where TFloats : struct, IFloats<TFloats>
        {
            TFloats greatest = TFloats.Of(float.NegativeInfinity);
            int whole = logits.Columns / PartLength;
            for (int part = 0; part < whole; part++)
            {
                float* from = x + (part * PartLength);
                TFloats a = TFloats.Load(from);
                TFloats b = TFloats.Load(from + TFloats.Count);
                for (int i = 2 * TFloats.Count; i < PartLength; i += 2 * TFloats.Count)
                {
                    a = TFloats.Max(a, TFloats.Load(from + i));
                    b = TFloats.Max(b, TFloats.Load(from + i + TFloats.Count));
                }

                a = TFloats.Max(a, b);
                peaks[part] = a.Greatest();
                greatest = TFloats.Max(greatest, a);
            }

            float most = greatest.Greatest();
            if (whole < parts)
            {
                peaks[whole] = Reduce.Greatest<TFloats>(x + (whole * PartLength), logits.Columns - (whole * PartLength));
                most = Math.Max(most, peaks[whole]);
            }

            return most;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Choose<TFloats>(float* x, float* peaks, int parts, float greatest, float logarithm, Ranking best)
            where TFloats : struct, IFloats<TFloats>
        {
            // k parts have a peak of at least this, so nothing below it is among the k best.
            float least = float.NegativeInfinity;
            if (k <= parts)
            {
                Enter<TFloats>(peaks, 0, parts, greatest, logarithm, least, ref best);
                least = best.Last;
                best.Clear();
            }

            for (int part = 0; part < parts; part++)
            {
                if (best.Wants(peaks[part] - greatest - logarithm, least))
                {
                    int first = part * PartLength;
                    Enter<TFloats>(x, first, Math.Min(logits.Columns, first + PartLength), greatest, logarithm, least, ref best);
                }
            }
        }

        private static void Enter<TFloats>(float* x, int first, int end, float greatest, float logarithm, float least, ref Ranking best)
            where TFloats : struct, IFloats<TFloats>
        {
            int id = first;
            for (; id <= end - TFloats.Count; id += TFloats.Count)
            {
                TFloats values = TFloats.Load(x + id) - TFloats.Of(greatest) - TFloats.Of(logarithm);
                for (uint wanted = TFloats.AtLeast(values, TFloats.Of(best.Bound(least))); wanted != 0; wanted &= wanted - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(wanted);
                    best.Enter(id + lane, x[id + lane] - greatest - logarithm);
                }
            }

            for (; id < end; id++)
            {
                float value = x[id] - greatest - logarithm;
                if (best.Wants(value, least))
                {
                    best.Enter(id, value);
                }
            }
        }
    }

    /// <summary>The best of what has been entered, best first; of equal ones those that came first.</summary>
    private struct Ranking(int* ids, float* values, int most)
    {
        private int _count;

        /// <summary>The last of the best.</summary>
        internal readonly float Last => values[most - 1];

        internal void Clear() => _count = 0;

        /// <summary>What a value must reach to be one of the best.</summary>
        internal readonly float Bound(float least) => _count < most ? least : Math.Max(least, values[most - 1]);

        /// <summary>Whether a value can be one of the best.</summary>
        internal readonly bool Wants(float value, float least) => value >= least && (_count < most || value > values[most - 1]);

        internal void Enter(int id, float value)
        {
            if (_count == most && !(value > values[most - 1]))
            {
                return;
            }

            int place = _count < most ? _count++ : most - 1;
            for (; place > 0 && value > values[place - 1]; place--)
            {
                (ids[place], values[place]) = (ids[place - 1], values[place - 1]);
            }

            (ids[place], values[place]) = (id, value);
        }

        internal readonly void FillWithNaN()
        {
            new Span<float>(values, most).Fill(float.NaN);
            new Span<int>(ids, most).Clear();
        }
    }
}
