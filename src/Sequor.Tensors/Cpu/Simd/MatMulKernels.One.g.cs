// Written by tools/kernels/matmul.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class MatMulKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default;
        TVector c1_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows5Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c4_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c4_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c4_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c5_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c4_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c5_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows7Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c4_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c5_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c6_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c4_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c5_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c6_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c4_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c5_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c6_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c7_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c4_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c5_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c6_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c7_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows9Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c1_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c2_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c3_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c4_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c5_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c6_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c7_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c8_0 = TLanes.LoadLast(c, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector b0 = TRight.LoadLast(b, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
        }

        c = tile.C;
        TLanes.StoreLast(c, mask, c0_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c1_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c2_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c3_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c4_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c5_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c6_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c7_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c8_0);
    }
}
