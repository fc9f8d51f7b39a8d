using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Elementwise work on whole storages, in items of <see cref="VectorWork.ItemFloats"/>.</summary>
internal static unsafe class FlatWork
{
    internal static void Run<TMap>(WorkerPool pool, TMap map, Storage<float> a, Storage<float> y)
        where TMap : struct, IMap1 =>
        VectorWork.Run(pool, new Work1<TMap>(map, a, y), Items(y));

    internal static void Run<TMap>(WorkerPool pool, TMap map, Storage<float> a, Storage<float> b, Storage<float> y)
        where TMap : struct, IMap2 =>
        VectorWork.Run(pool, new Work2<TMap>(map, a, b, y), Items(y));

    internal static void Run<TMap>(WorkerPool pool, TMap map, Storage<float> a, Storage<float> b, Storage<float> c, Storage<float> y)
        where TMap : struct, IMap3 =>
        VectorWork.Run(pool, new Work3<TMap>(map, a, b, c, y), Items(y));

    /// <summary>Replaces y by the function's value, or adds it.</summary>
    internal static void RunOrAdd<TMap>(WorkerPool pool, TMap map, Storage<float> a, Storage<float> y, bool accumulate)
        where TMap : struct, IMap1
    {
        if (accumulate)
        {
            Run(pool, new Added1<TMap>(map), a, y, y);
        }
        else
        {
            Run(pool, map, a, y);
        }
    }

    /// <summary>Replaces y by the function's value, or adds it.</summary>
    internal static void RunOrAdd<TMap>(WorkerPool pool, TMap map, Storage<float> a, Storage<float> b, Storage<float> y, bool accumulate)
        where TMap : struct, IMap2
    {
        if (accumulate)
        {
            Run(pool, new Added2<TMap>(map), a, b, y, y);
        }
        else
        {
            Run(pool, map, a, b, y);
        }
    }

    /// <summary>How many items a storage makes.</summary>
    internal static int Items<T>(Storage<T> storage)
        where T : unmanaged => VectorWork.Items(storage.Length, VectorWork.ItemFloats);

    /// <summary>The first element of an item.</summary>
    internal static long Start(int item) => (long)item * VectorWork.ItemFloats;

    /// <summary>How many elements an item has.</summary>
    internal static int Length(long total, int item) => (int)Math.Min(VectorWork.ItemFloats, total - Start(item));

    private readonly struct Work1<TMap>(TMap map, Storage<float> a, Storage<float> y) : IVectorWork
        where TMap : struct, IMap1
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats> =>
            Loop.Map<TMap, TFloats>(map, (float*)a.Address + Start(item), (float*)y.Address + Start(item), Length(y.Length, item));
    }

    private readonly struct Work2<TMap>(TMap map, Storage<float> a, Storage<float> b, Storage<float> y) : IVectorWork
        where TMap : struct, IMap2
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats> =>
            Loop.Map<TMap, TFloats>(
                map, (float*)a.Address + Start(item), (float*)b.Address + Start(item), (float*)y.Address + Start(item),
                Length(y.Length, item));
    }

    private readonly struct Work3<TMap>(TMap map, Storage<float> a, Storage<float> b, Storage<float> c, Storage<float> y) : IVectorWork
        where TMap : struct, IMap3
    {
        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats> =>
            Loop.Map<TMap, TFloats>(
                map, (float*)a.Address + Start(item), (float*)b.Address + Start(item), (float*)c.Address + Start(item),
                (float*)y.Address + Start(item), Length(y.Length, item));
    }
}
