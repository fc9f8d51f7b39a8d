using System.Runtime.Intrinsics;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>One call of a micro-kernel; all steps are in bytes.</summary>
internal unsafe struct MicroTile
{
    /// <summary>How many terms each element gets.</summary>
    internal long K;

    /// <summary>The first row's first factor; broadcast, so that any strides cost the same.</summary>
    internal byte* A;

    /// <summary>From one row of the left-hand side to the next.</summary>
    internal long ARow;

    /// <summary>From one k of the left-hand side to the next.</summary>
    internal long AStep;

    /// <summary>The first column's first factor.</summary>
    internal byte* B;

    /// <summary>From one k of the right-hand side to the next.</summary>
    internal long BStep;

    /// <summary>From one pair of vectors to the next, for kernels of several pairs.</summary>
    internal long BPanel;

    /// <summary>What to bring near while this tile is computed: two lines for each term, from here on.</summary>
    internal byte* Ahead;

    /// <summary>From the lines for one term to those for the next.</summary>
    internal long AheadStep;

    /// <summary>The first element of the result.</summary>
    internal byte* C;

    /// <summary>From one row of the result to the next.</summary>
    internal long CRow;

    /// <summary>The columns of the last vector, for kernels of edges.</summary>
    internal int LastColumns;

    /// <summary>Whether the chains start from what is in the result instead of 0.</summary>
    internal bool Accumulate;
}

/// <summary>
/// The micro-kernels, 1 to 14 rows by one or two vectors, and 1 to 3 rows by eight. In each, every element is one chain of fused multiply-adds in
/// rising k, lane by lane the same as in all the others: which kernel computes an element never shows in its bits.
/// </summary>
internal static unsafe partial class MatMulKernels
{
    /// <summary>The rows of the tallest kernel.</summary>
    internal const int MaximumRows = 14;

    /// <summary>The rows of the tallest kernel of eight vectors.</summary>
    internal const int MaximumWideRows = 3;

    /// <summary>How many kernels one table holds.</summary>
    internal const int Count = (2 * MaximumRows) + MaximumWideRows;

    /// <summary>Writes the addresses of the kernels of a path that ask for nothing.</summary>
    /// <param name="path">The width.</param>
    /// <param name="right">How the numbers of the right-hand side are held: a floating-point type.</param>
    /// <param name="whole">For results whose last vector is whole, [<see cref="Count"/>].</param>
    /// <param name="edge">For results whose last vector is not whole, [<see cref="Count"/>].</param>
    internal static void Fill(
        InstructionPath path, WeightType right, delegate*<in MicroTile, void>* whole, delegate*<in MicroTile, void>* edge)
    {
        switch (path)
        {
            case InstructionPath.Avx512:
                Fill<Lanes512, Vector512<float>, Vector512<float>, Half512, BFloat512, NoReadAhead>(right, whole);
                Fill<EdgeLanes512, Vector512<float>, Vector512<float>, Half512, BFloat512, NoReadAhead>(right, edge);
                break;
            case InstructionPath.Avx2:
                Fill<Lanes256, Vector256<float>, Vector256<float>, Half256, BFloat256, NoReadAhead>(right, whole);
                Fill<EdgeLanes256, Vector256<float>, Vector256<float>, Half256, BFloat256, NoReadAhead>(right, edge);
                break;
            default:
                Fill<Lanes128, Vector128<float>, int, Half128, BFloat128, NoReadAhead>(right, whole);
                Fill<EdgeLanes128, Vector128<float>, int, Half128, BFloat128, NoReadAhead>(right, edge);
                break;
        }
    }

    /// <summary>Writes the addresses of the kernels of a path for results whose last vector is whole that ask for what comes.</summary>
    /// <param name="path">The width.</param>
    /// <param name="right">How the numbers of the right-hand side are held: a floating-point type.</param>
    /// <param name="ahead">Asking for what comes next, [<see cref="Count"/>].</param>
    /// <param name="share">Asking for a share of it, [<see cref="Count"/>].</param>
    /// <param name="stream">Asking for what comes soon, [<see cref="Count"/>].</param>
    internal static void FillAhead(
        InstructionPath path, WeightType right, delegate*<in MicroTile, void>* ahead, delegate*<in MicroTile, void>* share,
        delegate*<in MicroTile, void>* stream)
    {
        switch (path)
        {
            case InstructionPath.Avx512:
                Fill<Lanes512, Vector512<float>, Vector512<float>, Half512, BFloat512, TwoLinesAhead>(right, ahead);
                Fill<Lanes512, Vector512<float>, Vector512<float>, Half512, BFloat512, OneLineAhead>(right, share);
                Fill<Lanes512, Vector512<float>, Vector512<float>, Half512, BFloat512, TwoLinesSoon>(right, stream);
                break;
            case InstructionPath.Avx2:
                Fill<Lanes256, Vector256<float>, Vector256<float>, Half256, BFloat256, TwoLinesAhead>(right, ahead);
                Fill<Lanes256, Vector256<float>, Vector256<float>, Half256, BFloat256, OneLineAhead>(right, share);
                Fill<Lanes256, Vector256<float>, Vector256<float>, Half256, BFloat256, TwoLinesSoon>(right, stream);
                break;
            default:
                Fill<Lanes128, Vector128<float>, int, Half128, BFloat128, TwoLinesAhead>(right, ahead);
                Fill<Lanes128, Vector128<float>, int, Half128, BFloat128, OneLineAhead>(right, share);
                Fill<Lanes128, Vector128<float>, int, Half128, BFloat128, TwoLinesSoon>(right, stream);
                break;
        }
    }

    private static void Fill<TLanes, TVector, TMask, THalf, TBFloat, TAhead>(WeightType right, delegate*<in MicroTile, void>* kernels)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where THalf : struct, IMatMulRight<TVector, TMask>
        where TBFloat : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        switch (right)
        {
            case WeightType.Float16:
                Fill<TLanes, TVector, TMask, THalf, TAhead>(kernels);
                break;
            case WeightType.BFloat16:
                Fill<TLanes, TVector, TMask, TBFloat, TAhead>(kernels);
                break;
            default:
                Fill<TLanes, TVector, TMask, FloatRight<TLanes, TVector, TMask>, TAhead>(kernels);
                break;
        }
    }
}
