using System.Runtime.Intrinsics;

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
    /// <param name="whole">For results whose last vector is whole, [<see cref="Count"/>].</param>
    /// <param name="ahead">The same, asking for what comes next, [<see cref="Count"/>].</param>
    /// <param name="edge">For results whose last vector is not whole, [<see cref="Count"/>].</param>
    internal static void Fill(
        InstructionPath path, delegate*<in MicroTile, void>* whole, delegate*<in MicroTile, void>* ahead, delegate*<in MicroTile, void>* edge)
    {
        switch (path)
        {
            case InstructionPath.Avx512:
                Fill<Lanes512, Vector512<float>, Vector512<float>, NoReadAhead>(whole);
                Fill<Lanes512, Vector512<float>, Vector512<float>, TwoLinesAhead>(ahead);
                Fill<EdgeLanes512, Vector512<float>, Vector512<float>, NoReadAhead>(edge);
                break;
            case InstructionPath.Avx2:
                Fill<Lanes256, Vector256<float>, Vector256<float>, NoReadAhead>(whole);
                Fill<Lanes256, Vector256<float>, Vector256<float>, TwoLinesAhead>(ahead);
                Fill<EdgeLanes256, Vector256<float>, Vector256<float>, NoReadAhead>(edge);
                break;
            default:
                Fill<Lanes128, Vector128<float>, int, NoReadAhead>(whole);
                Fill<Lanes128, Vector128<float>, int, TwoLinesAhead>(ahead);
                Fill<EdgeLanes128, Vector128<float>, int, NoReadAhead>(edge);
                break;
        }
    }
}
