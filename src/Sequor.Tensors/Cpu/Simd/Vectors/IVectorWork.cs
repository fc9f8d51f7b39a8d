using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Numbered items of work, written once for every vector width.</summary>
internal interface IVectorWork
{
    /// <summary>Does one item in vectors of one width.</summary>
    /// <typeparam name="TFloats">The vector.</typeparam>
    /// <param name="item">0 to items - 1.</param>
    void Run<TFloats>(int item)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>Starts work at the width that this process has settled on.</summary>
internal static class VectorWork
{
    /// <summary>
    /// Floats in an item of elementwise or row-wise work: some microseconds, so that starting threads pays; less than two items stay on the caller.
    /// A constant of the engine, because results may not depend on the number of threads.
    /// </summary>
    internal const int ItemFloats = 16384;

    /// <summary>How many rows make an item.</summary>
    internal static int RowsPerItem(int width) => Math.Max(1, ItemFloats / Math.Max(1, width));

    /// <summary>How many items of a size are needed.</summary>
    internal static int Items(long count, int perItem) => checked((int)((count + perItem - 1) / perItem));

    /// <summary>Runs every item on the threads of the pool.</summary>
    internal static void Run<TWork>(WorkerPool pool, in TWork work, int items)
        where TWork : struct, IVectorWork
    {
        if (InstructionPaths.Use512)
        {
            pool.Run(new Sized<TWork, Floats16>(work), items);
        }
        else if (InstructionPaths.Use256)
        {
            pool.Run(new Sized<TWork, Floats8>(work), items);
        }
        else
        {
            pool.Run(new Sized<TWork, Floats4>(work), items);
        }
    }

    private readonly struct Sized<TWork, TFloats>(TWork work) : IWork
        where TWork : struct, IVectorWork
        where TFloats : struct, IFloats<TFloats>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run(int item) => work.Run<TFloats>(item);
    }
}
