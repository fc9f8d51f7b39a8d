using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Where values lie.</summary>
internal unsafe interface IHeadValues
{
    /// <summary>The values of a head at a position.</summary>
    float* At(int head, int position);
}

/// <summary>Weights of some heads: rows below each other, as long as whole tiles.</summary>
/// <param name="first">The first head's.</param>
/// <param name="length">The positions.</param>
/// <param name="padded">The positions in whole tiles.</param>
internal readonly unsafe struct HeadWeights(float* first, int length, int padded)
{
    internal int Length { get; } = length;

    internal float* Of(int head) => first + ((long)head * padded);
}

/// <summary>
/// The second product of attention for one query: the values of all positions by their weights. Every element is one chain of multiply-adds; four run at once,
/// because one alone would wait for each addition.
/// </summary>
internal static unsafe class WeightedValues
{
    /// <summary>Some heads, whose results lie side by side.</summary>
    internal static void Sum<TFloats, TValues>(TValues values, in HeadWeights weights, int heads, int width, float* result, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
        where TValues : struct, IHeadValues
    {
        int head = 0;
        for (; width == 2 * TFloats.Count && head <= heads - 2; head += 2)
        {
            SumTwo<TFloats, TValues>(values, weights, head, result + (head * width), ref ahead);
        }

        for (; head < heads; head++)
        {
            SumOne<TFloats, TValues>(values, weights, head, width, result + (head * width), ref ahead);
        }
    }

    /// <summary>One head.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SumOne<TFloats, TValues>(TValues values, in HeadWeights weights, int head, int width, float* result, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
        where TValues : struct, IHeadValues
    {
        float* own = weights.Of(head);
        int length = weights.Length;
        int i = 0;
        for (; i <= width - (4 * TFloats.Count); i += 4 * TFloats.Count)
        {
            TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int s = 0; s < length; s++)
            {
                ahead.AskForFour();
                TFloats weight = TFloats.Of(own[s]);
                float* value = values.At(head, s) + i;
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

        for (; i < width; i += TFloats.Count)
        {
            int count = Math.Min(TFloats.Count, width - i);
            TFloats sum = default;
            for (int s = 0; s < length; s++)
            {
                ahead.AskForOne();
                sum = TFloats.MultiplyAdd(TFloats.Of(own[s]), RowParts.Read<TFloats>(values.At(head, s) + i, count), sum);
            }

            RowParts.Write(sum, result + i, count);
        }
    }

    /// <summary>Two heads of two vectors each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SumTwo<TFloats, TValues>(TValues values, in HeadWeights weights, int head, float* result, ref LinesAhead ahead)
        where TFloats : struct, IFloats<TFloats>
        where TValues : struct, IHeadValues
    {
        float* own = weights.Of(head);
        float* other = weights.Of(head + 1);
        int length = weights.Length;
        TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int s = 0; s < length; s++)
        {
            ahead.AskForFour();
            TFloats weight = TFloats.Of(own[s]);
            float* value = values.At(head, s);
            sum0 = TFloats.MultiplyAdd(weight, TFloats.Load(value), sum0);
            sum1 = TFloats.MultiplyAdd(weight, TFloats.Load(value + TFloats.Count), sum1);
            weight = TFloats.Of(other[s]);
            value = values.At(head + 1, s);
            sum2 = TFloats.MultiplyAdd(weight, TFloats.Load(value), sum2);
            sum3 = TFloats.MultiplyAdd(weight, TFloats.Load(value + TFloats.Count), sum3);
        }

        sum0.Store(result);
        sum1.Store(result + TFloats.Count);
        sum2.Store(result + (2 * TFloats.Count));
        sum3.Store(result + (3 * TFloats.Count));
    }
}
