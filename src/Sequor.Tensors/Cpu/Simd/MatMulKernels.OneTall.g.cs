// Written by tools/kernels/matmul.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class MatMulKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows10Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
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
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        TVector c9_0 = default;
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
            c8_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c9_0 = TLanes.LoadLast(c, mask);
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
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
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
        TLanes.StoreLast(c, mask, c8_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c9_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows11Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
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
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        TVector c9_0 = default;
        TVector c10_0 = default;
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
            c8_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c9_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c10_0 = TLanes.LoadLast(c, mask);
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
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
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
        TLanes.StoreLast(c, mask, c8_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c9_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c10_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows12Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
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
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        TVector c9_0 = default;
        TVector c10_0 = default;
        TVector c11_0 = default;
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
            c8_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c9_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c10_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c11_0 = TLanes.LoadLast(c, mask);
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
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
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
        TLanes.StoreLast(c, mask, c8_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c9_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c10_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c11_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows13Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
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
        byte* a9 = tile.A + (9 * aRow);
        byte* a12 = tile.A + (12 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        TVector c9_0 = default;
        TVector c10_0 = default;
        TVector c11_0 = default;
        TVector c12_0 = default;
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
            c8_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c9_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c10_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c11_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c12_0 = TLanes.LoadLast(c, mask);
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
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0);
            a = TLanes.Broadcast(a12); c12_0 = TLanes.MultiplyAdd(a, b0, c12_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
            a12 += aStep;
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
        TLanes.StoreLast(c, mask, c8_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c9_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c10_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c11_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c12_0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows14Vectors1<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
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
        byte* a9 = tile.A + (9 * aRow);
        byte* a12 = tile.A + (12 * aRow);
        TVector c0_0 = default;
        TVector c1_0 = default;
        TVector c2_0 = default;
        TVector c3_0 = default;
        TVector c4_0 = default;
        TVector c5_0 = default;
        TVector c6_0 = default;
        TVector c7_0 = default;
        TVector c8_0 = default;
        TVector c9_0 = default;
        TVector c10_0 = default;
        TVector c11_0 = default;
        TVector c12_0 = default;
        TVector c13_0 = default;
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
            c8_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c9_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c10_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c11_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c12_0 = TLanes.LoadLast(c, mask); c += tile.CRow;
            c13_0 = TLanes.LoadLast(c, mask);
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
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0);
            a = TLanes.Broadcast(a12); c12_0 = TLanes.MultiplyAdd(a, b0, c12_0);
            a = TLanes.Broadcast(a12 + aRow); c13_0 = TLanes.MultiplyAdd(a, b0, c13_0);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
            a12 += aStep;
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
        TLanes.StoreLast(c, mask, c8_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c9_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c10_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c11_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c12_0); c += tile.CRow;
        TLanes.StoreLast(c, mask, c13_0);
    }
}
