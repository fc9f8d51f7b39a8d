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

    /// <summary>Writes the addresses of the kernels of a path.</summary>
    /// <param name="path">The width.</param>
    /// <param name="right">How the numbers of the right-hand side are held: a floating-point type.</param>
    /// <param name="whole">For results whose last vector is whole, [<see cref="Count"/>].</param>
    /// <param name="ahead">The same, asking for what comes next, [<see cref="Count"/>].</param>
    /// <param name="stream">The same, asking for what comes soon, [<see cref="Count"/>].</param>
    /// <param name="edge">For results whose last vector is not whole, [<see cref="Count"/>].</param>
    internal static void Fill(
        InstructionPath path, WeightType right, delegate*<in MicroTile, void>* whole, delegate*<in MicroTile, void>* ahead,
        delegate*<in MicroTile, void>* stream, delegate*<in MicroTile, void>* edge)
    {
        switch (path)
        {
            case InstructionPath.Avx512:
                Fill<Lanes512, Vector512<float>, Vector512<float>, Half512, BFloat512>(right, whole, ahead, stream);
                FillEdge<EdgeLanes512, Vector512<float>, Vector512<float>, Half512, BFloat512>(right, edge);
                break;
            case InstructionPath.Avx2:
                Fill<Lanes256, Vector256<float>, Vector256<float>, Half256, BFloat256>(right, whole, ahead, stream);
                FillEdge<EdgeLanes256, Vector256<float>, Vector256<float>, Half256, BFloat256>(right, edge);
                break;
            default:
                Fill<Lanes128, Vector128<float>, int, Half128, BFloat128>(right, whole, ahead, stream);
                FillEdge<EdgeLanes128, Vector128<float>, int, Half128, BFloat128>(right, edge);
                break;
        }
    }

    private static void Fill<TLanes, TVector, TMask, THalf, TBFloat>(
        WeightType right, delegate*<in MicroTile, void>* whole, delegate*<in MicroTile, void>* ahead, delegate*<in MicroTile, void>* stream)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where THalf : struct, IMatMulRight<TVector, TMask>
        where TBFloat : struct, IMatMulRight<TVector, TMask>
    {
        switch (right)
        {
            case WeightType.Float16:
                Fill<TLanes, TVector, TMask, THalf>(whole, ahead, stream);
                break;
            case WeightType.BFloat16:
                Fill<TLanes, TVector, TMask, TBFloat>(whole, ahead, stream);
                break;
            default:
                Fill<TLanes, TVector, TMask, FloatRight<TLanes, TVector, TMask>>(whole, ahead, stream);
                break;
        }
    }

    private static void Fill<TLanes, TVector, TMask, TRight>(
        delegate*<in MicroTile, void>* whole, delegate*<in MicroTile, void>* ahead, delegate*<in MicroTile, void>* stream)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
    {
        Fill<TLanes, TVector, TMask, TRight, NoReadAhead>(whole);
        Fill<TLanes, TVector, TMask, TRight, TwoLinesAhead>(ahead);
        Fill<TLanes, TVector, TMask, TRight, TwoLinesSoon>(stream);
    }

    private static void FillEdge<TLanes, TVector, TMask, THalf, TBFloat>(WeightType right, delegate*<in MicroTile, void>* edge)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where THalf : struct, IMatMulRight<TVector, TMask>
        where TBFloat : struct, IMatMulRight<TVector, TMask>
    {
        switch (right)
        {
            case WeightType.Float16:
                Fill<TLanes, TVector, TMask, THalf, NoReadAhead>(edge);
                break;
            case WeightType.BFloat16:
                Fill<TLanes, TVector, TMask, TBFloat, NoReadAhead>(edge);
                break;
            default:
                Fill<TLanes, TVector, TMask, FloatRight<TLanes, TVector, TMask>, NoReadAhead>(edge);
                break;
        }
    }
}
