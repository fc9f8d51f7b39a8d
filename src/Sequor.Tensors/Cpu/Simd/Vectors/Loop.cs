namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>
/// The loops of all elementwise work. The last, incomplete vector takes the same path as the others, so an element's bits do not depend on
/// where it lies. Result and arguments may be the same memory.
/// </summary>
internal static unsafe class Loop
{
    internal static void Map<TMap, TFloats>(TMap map, float* a, float* y, int length)
        where TMap : struct, IMap1
        where TFloats : struct, IFloats<TFloats>
    {
        int i = 0;
        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            map.Of(TFloats.Load(a + i)).Store(y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            map.Of(TFloats.LoadFirst(a + i, rest, default)).StoreFirst(y + i, rest);
        }
    }

    internal static void Map<TMap, TFloats>(TMap map, float* a, float* b, float* y, int length)
        where TMap : struct, IMap2
        where TFloats : struct, IFloats<TFloats>
    {
        int i = 0;
        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            map.Of(TFloats.Load(a + i), TFloats.Load(b + i)).Store(y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            TFloats last = map.Of(TFloats.LoadFirst(a + i, rest, default), TFloats.LoadFirst(b + i, rest, default));
            last.StoreFirst(y + i, rest);
        }
    }

    internal static void Map<TMap, TFloats>(TMap map, float* a, float* b, float* c, float* y, int length)
        where TMap : struct, IMap3
        where TFloats : struct, IFloats<TFloats>
    {
        int i = 0;
        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            map.Of(TFloats.Load(a + i), TFloats.Load(b + i), TFloats.Load(c + i)).Store(y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            TFloats last = map.Of(
                TFloats.LoadFirst(a + i, rest, default),
                TFloats.LoadFirst(b + i, rest, default),
                TFloats.LoadFirst(c + i, rest, default));
            last.StoreFirst(y + i, rest);
        }
    }

    internal static void Map<TMap, TFloats>(TMap map, float* a, float* b, float* c, float* d, float* y, int length)
        where TMap : struct, IMap4
        where TFloats : struct, IFloats<TFloats>
    {
        int i = 0;
        for (; i <= length - TFloats.Count; i += TFloats.Count)
        {
            map.Of(TFloats.Load(a + i), TFloats.Load(b + i), TFloats.Load(c + i), TFloats.Load(d + i)).Store(y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            TFloats last = map.Of(
                TFloats.LoadFirst(a + i, rest, default),
                TFloats.LoadFirst(b + i, rest, default),
                TFloats.LoadFirst(c + i, rest, default),
                TFloats.LoadFirst(d + i, rest, default));
            last.StoreFirst(y + i, rest);
        }
    }

    /// <summary>y = the function's value, or y + it.</summary>
    internal static void MapOrAdd<TMap, TFloats>(TMap map, float* a, float* b, float* y, int length, bool accumulate)
        where TMap : struct, IMap2
        where TFloats : struct, IFloats<TFloats>
    {
        if (accumulate)
        {
            Map<Added2<TMap>, TFloats>(new Added2<TMap>(map), a, b, y, y, length);
        }
        else
        {
            Map<TMap, TFloats>(map, a, b, y, length);
        }
    }

    /// <summary>y = the function's value, or y + it.</summary>
    internal static void MapOrAdd<TMap, TFloats>(TMap map, float* a, float* b, float* c, float* y, int length, bool accumulate)
        where TMap : struct, IMap3
        where TFloats : struct, IFloats<TFloats>
    {
        if (accumulate)
        {
            Map<Added3<TMap>, TFloats>(new Added3<TMap>(map), a, b, c, y, y, length);
        }
        else
        {
            Map<TMap, TFloats>(map, a, b, c, y, length);
        }
    }
}
