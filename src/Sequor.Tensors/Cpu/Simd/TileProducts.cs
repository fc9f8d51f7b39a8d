using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The two products of attention to a source sentence, for one row and for four. Every element is one chain of multiply-adds.</summary>
internal static unsafe class TileProducts
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScoreOne<TFloats>(in TileHead part, in TileRows rows)
        where TFloats : struct, IFloats<TFloats>
    {
        float* query = rows.Query(0);
        for (int s = 0; s < part.Length; s += 2 * TFloats.Count)
        {
            // Two chains at once; beyond the last tile the second walks the first's numbers again.
            int other = s + TFloats.Count < part.Padded ? s + TFloats.Count : s;
            float* a = part.Tile(s);
            float* b = part.Tile(other);
            TFloats scoreA = default, scoreB = default;
            for (int i = 0; i < part.Width; i++)
            {
                TFloats q = TFloats.Of(query[i]);
                scoreA = TFloats.MultiplyAdd(q, TFloats.Load(a + (i * TilePlan.TileLength)), scoreA);
                scoreB = TFloats.MultiplyAdd(q, TFloats.Load(b + (i * TilePlan.TileLength)), scoreB);
            }

            scoreA.Store(rows.Weights + s);
            scoreB.Store(rows.Weights + other);
        }
    }

    /// <summary>Four heads of one row, whose scores lie in rows below each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScoreFourHeads<TFloats>(in TileHead part, in TileRows rows, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
    {
        int width = part.Width;
        float* query = rows.Query(0);
        for (int s = 0; s < part.Length; s += TFloats.Count)
        {
            float* a = part.Tile(s);
            float* b = a + part.Step;
            float* c = b + part.Step;
            float* d = c + part.Step;
            TFloats score0 = default, score1 = default, score2 = default, score3 = default;
            for (int i = 0; i < width; i++)
            {
                ahead.AskForFour();
                score0 = TFloats.MultiplyAdd(TFloats.Of(query[i]), TFloats.Load(a), score0);
                score1 = TFloats.MultiplyAdd(TFloats.Of(query[width + i]), TFloats.Load(b), score1);
                score2 = TFloats.MultiplyAdd(TFloats.Of(query[(2 * width) + i]), TFloats.Load(c), score2);
                score3 = TFloats.MultiplyAdd(TFloats.Of(query[(3 * width) + i]), TFloats.Load(d), score3);
                a += TilePlan.TileLength;
                b += TilePlan.TileLength;
                c += TilePlan.TileLength;
                d += TilePlan.TileLength;
            }

            float* to = rows.Weights + s;
            score0.Store(to);
            score1.Store(to + part.Padded);
            score2.Store(to + (2L * part.Padded));
            score3.Store(to + (3L * part.Padded));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ScoreFour<TFloats>(in TileHead part, in TileRows rows, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
    {
        float* q0 = rows.Query(0);
        float* q1 = rows.Query(1);
        float* q2 = rows.Query(2);
        float* q3 = rows.Query(3);
        for (int s = 0; s < part.Length; s += TFloats.Count)
        {
            float* tile = part.Tile(s);
            TFloats score0 = default, score1 = default, score2 = default, score3 = default;
            for (int i = 0; i < part.Width; i++)
            {
                ahead.AskForOne();
                TFloats key = TFloats.Load(tile + (i * TilePlan.TileLength));
                score0 = TFloats.MultiplyAdd(TFloats.Of(q0[i]), key, score0);
                score1 = TFloats.MultiplyAdd(TFloats.Of(q1[i]), key, score1);
                score2 = TFloats.MultiplyAdd(TFloats.Of(q2[i]), key, score2);
                score3 = TFloats.MultiplyAdd(TFloats.Of(q3[i]), key, score3);
            }

            float* to = rows.Weights + s;
            score0.Store(to);
            score1.Store(to + part.Padded);
            score2.Store(to + (2L * part.Padded));
            score3.Store(to + (3L * part.Padded));
        }
    }

    /// <summary>Some heads of one row, whose weights lie in rows below each other.</summary>
    internal static void MixHeads<TFloats>(in TileHead part, in TileRows rows, int heads, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats> => WeightedValues.Sum<TFloats, TileValues>(
            new(part), new(rows.Weights, part.Length, part.Padded), heads, part.Width, rows.Result(0), ref ahead);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void MixFour<TFloats>(in TileHead part, in TileRows rows, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
    {
        float* w0 = rows.Weights;
        float* w1 = w0 + part.Padded;
        float* w2 = w1 + part.Padded;
        float* w3 = w2 + part.Padded;
        for (int i = 0; i < part.Width; i += TFloats.Count)
        {
            int count = Math.Min(TFloats.Count, part.Width - i);
            TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            float* from = part.Values + i;
            for (int s = 0; s < part.Length; s++, from += part.Width)
            {
                ahead.AskForOne();
                TFloats value = RowParts.Read<TFloats>(from, count);
                sum0 = TFloats.MultiplyAdd(TFloats.Of(w0[s]), value, sum0);
                sum1 = TFloats.MultiplyAdd(TFloats.Of(w1[s]), value, sum1);
                sum2 = TFloats.MultiplyAdd(TFloats.Of(w2[s]), value, sum2);
                sum3 = TFloats.MultiplyAdd(TFloats.Of(w3[s]), value, sum3);
            }

            RowParts.Write(sum0, rows.Result(0) + i, count);
            RowParts.Write(sum1, rows.Result(1) + i, count);
            RowParts.Write(sum2, rows.Result(2) + i, count);
            RowParts.Write(sum3, rows.Result(3) + i, count);
        }
    }

    /// <summary>The values of a sentence, from a head on.</summary>
    private readonly struct TileValues(in TileHead head) : IHeadValues
    {
        private readonly float* _first = head.Values;
        private readonly long _step = head.Step;
        private readonly int _width = head.Width;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* At(int head, int position) => _first + (head * _step) + ((long)position * _width);
    }
}
