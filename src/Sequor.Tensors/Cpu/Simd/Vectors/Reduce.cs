using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>
/// The loops that make one number of a row. Several vectors of partial results, because one would wait for each addition, are joined in a fixed order;
/// the order depends on the length only.
/// </summary>
internal static unsafe class Reduce
{
    /// <summary>The sum of a function of each element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum<TMap, TFloats>(TMap map, float* a, int length)
        where TMap : struct, IMap1
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int i = 0;
        for (; i <= length - (4 * TFloats.Count); i += 4 * TFloats.Count)
        {
            sum0 += map.Of(TFloats.Load(a + i));
            sum1 += map.Of(TFloats.Load(a + i + TFloats.Count));
            sum2 += map.Of(TFloats.Load(a + i + (2 * TFloats.Count)));
            sum3 += map.Of(TFloats.Load(a + i + (3 * TFloats.Count)));
        }

        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            sum0 += map.Of(TFloats.Load(a + i));
        }

        if (i < length)
        {
            int rest = length - i;
            sum1 += TFloats.First(rest, map.Of(TFloats.LoadFirst(a + i, rest, default)), default);
        }

        return (sum0 + sum1 + (sum2 + sum3)).Sum();
    }

    /// <summary>As the sum over one run, over two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum<TMap, TFloats>(TMap map, float* a, float* b, int length)
        where TMap : struct, IMap2
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats sum0 = default, sum1 = default;
        int i = 0;
        for (; i <= length - (2 * TFloats.Count); i += 2 * TFloats.Count)
        {
            sum0 += map.Of(TFloats.Load(a + i), TFloats.Load(b + i));
            sum1 += map.Of(TFloats.Load(a + i + TFloats.Count), TFloats.Load(b + i + TFloats.Count));
        }

        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            sum0 += map.Of(TFloats.Load(a + i), TFloats.Load(b + i));
        }

        if (i < length)
        {
            int rest = length - i;
            TFloats last = map.Of(TFloats.LoadFirst(a + i, rest, default), TFloats.LoadFirst(b + i, rest, default));
            sum1 += TFloats.First(rest, last, default);
        }

        return (sum0 + sum1).Sum();
    }

    /// <summary>As the sum over one run, over three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum<TMap, TFloats>(TMap map, float* a, float* b, float* c, int length)
        where TMap : struct, IMap3
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats sum = default;
        int i = 0;
        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            sum += map.Of(TFloats.Load(a + i), TFloats.Load(b + i), TFloats.Load(c + i));
        }

        if (i < length)
        {
            int rest = length - i;
            TFloats last = map.Of(
                TFloats.LoadFirst(a + i, rest, default), TFloats.LoadFirst(b + i, rest, default), TFloats.LoadFirst(c + i, rest, default));
            sum += TFloats.First(rest, last, default);
        }

        return sum.Sum();
    }

    /// <summary>The greatest element, -∞ for none; unspecified when one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Greatest<TFloats>(float* a, int length)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats lowest = TFloats.Of(float.NegativeInfinity);
        TFloats greatest0 = lowest, greatest1 = lowest, greatest2 = lowest, greatest3 = lowest;
        int i = 0;
        for (; i <= length - (4 * TFloats.Count); i += 4 * TFloats.Count)
        {
            greatest0 = TFloats.Max(greatest0, TFloats.Load(a + i));
            greatest1 = TFloats.Max(greatest1, TFloats.Load(a + i + TFloats.Count));
            greatest2 = TFloats.Max(greatest2, TFloats.Load(a + i + (2 * TFloats.Count)));
            greatest3 = TFloats.Max(greatest3, TFloats.Load(a + i + (3 * TFloats.Count)));
        }

        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            greatest0 = TFloats.Max(greatest0, TFloats.Load(a + i));
        }

        if (i < length)
        {
            greatest1 = TFloats.Max(greatest1, TFloats.LoadFirst(a + i, length - i, lowest));
        }

        return TFloats.Max(TFloats.Max(greatest0, greatest1), TFloats.Max(greatest2, greatest3)).Greatest();
    }
}
