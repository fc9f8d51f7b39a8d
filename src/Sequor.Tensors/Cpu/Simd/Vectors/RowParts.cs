using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>Work on one vector of columns of a row, for kernels with more arguments than the loops of <see cref="Loop"/> take.</summary>
internal interface IRowPart
{
    /// <summary>Does some columns of a row.</summary>
    /// <typeparam name="TFloats">The vector.</typeparam>
    /// <param name="row">The row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="count">How many columns: all lanes of a vector, or what is left of the row.</param>
    void Run<TFloats>(long row, int column, int count)
        where TFloats : struct, IFloats<TFloats>;
}

/// <summary>Runs such work over all rows, and reads and writes whole vectors and ends of rows alike.</summary>
internal static unsafe class RowParts
{
    /// <summary>Does every row.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="part">The work.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="width">Columns that the work walks.</param>
    /// <param name="weight">Numbers that one column stands for, so that items are of like size.</param>
    internal static void Run<TPart>(WorkerPool pool, in TPart part, long rows, int width, int weight)
        where TPart : struct, IRowPart =>
        VectorWork.Run(pool, new Work<TPart>(part, rows, width, weight), VectorWork.Items(rows, VectorWork.RowsPerItem(width * weight)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Read<TFloats>(float* from, int count)
        where TFloats : struct, IFloats<TFloats> =>
        count == TFloats.Count ? TFloats.Load(from) : TFloats.LoadFirst(from, count, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write<TFloats>(TFloats values, float* to, int count)
        where TFloats : struct, IFloats<TFloats>
    {
        if (count == TFloats.Count)
        {
            values.Store(to);
        }
        else
        {
            values.StoreFirst(to, count);
        }
    }

    /// <summary>Adds to what is there; nowhere when there is no place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<TFloats>(TFloats values, Memory.Storage<float> sums, long at, int count)
        where TFloats : struct, IFloats<TFloats>
    {
        if (!sums.IsEmpty)
        {
            float* to = (float*)sums.Address + at;
            Write(Read<TFloats>(to, count) + values, to, count);
        }
    }

    private readonly struct Work<TPart>(in TPart part, long rows, int width, int weight) : IVectorWork
        where TPart : struct, IRowPart
    {
        private readonly TPart _part = part;

        public void Run<TFloats>(int item)
            where TFloats : struct, IFloats<TFloats>
        {
            RowRange range = RowRange.OfItem(item, rows, VectorWork.RowsPerItem(width * weight));
            for (long row = range.First; row < range.End; row++)
            {
                int column = 0;
                for (; column <= width - TFloats.Count; column += TFloats.Count)
                {
                    _part.Run<TFloats>(row, column, TFloats.Count);
                }

                if (column < width)
                {
                    _part.Run<TFloats>(row, column, width - column);
                }
            }
        }
    }
}
