// Written by tools/kernels/matmul.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class MatMulKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows10Vectors2<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        byte* ahead = tile.Ahead;
        long aheadStep = tile.AheadStep;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default, c0_1 = default;
        TVector c1_0 = default, c1_1 = default;
        TVector c2_0 = default, c2_1 = default;
        TVector c3_0 = default, c3_1 = default;
        TVector c4_0 = default, c4_1 = default;
        TVector c5_0 = default, c5_1 = default;
        TVector c6_0 = default, c6_1 = default;
        TVector c7_0 = default, c7_1 = default;
        TVector c8_0 = default, c8_1 = default;
        TVector c9_0 = default, c9_1 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c3_0 = TLanes.Load(c); c3_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c4_0 = TLanes.Load(c); c4_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c5_0 = TLanes.Load(c); c5_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c6_0 = TLanes.Load(c); c6_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c7_0 = TLanes.Load(c); c7_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c8_0 = TLanes.Load(c); c8_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c9_0 = TLanes.Load(c); c9_1 = TLanes.LoadLast(c + width, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TAhead.Ask(ref ahead, aheadStep);
            TVector b0 = TRight.Load(b);
            TVector b1 = TRight.LoadLast(b + rightWidth, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0); c0_1 = TLanes.MultiplyAdd(a, b1, c0_1);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0); c1_1 = TLanes.MultiplyAdd(a, b1, c1_1);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0); c2_1 = TLanes.MultiplyAdd(a, b1, c2_1);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0); c3_1 = TLanes.MultiplyAdd(a, b1, c3_1);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0); c4_1 = TLanes.MultiplyAdd(a, b1, c4_1);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0); c5_1 = TLanes.MultiplyAdd(a, b1, c5_1);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0); c6_1 = TLanes.MultiplyAdd(a, b1, c6_1);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0); c7_1 = TLanes.MultiplyAdd(a, b1, c7_1);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0); c8_1 = TLanes.MultiplyAdd(a, b1, c8_1);
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0); c9_1 = TLanes.MultiplyAdd(a, b1, c9_1);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.StoreLast(c + width, mask, c0_1); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.StoreLast(c + width, mask, c1_1); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.StoreLast(c + width, mask, c2_1); c += tile.CRow;
        TLanes.Store(c, c3_0); TLanes.StoreLast(c + width, mask, c3_1); c += tile.CRow;
        TLanes.Store(c, c4_0); TLanes.StoreLast(c + width, mask, c4_1); c += tile.CRow;
        TLanes.Store(c, c5_0); TLanes.StoreLast(c + width, mask, c5_1); c += tile.CRow;
        TLanes.Store(c, c6_0); TLanes.StoreLast(c + width, mask, c6_1); c += tile.CRow;
        TLanes.Store(c, c7_0); TLanes.StoreLast(c + width, mask, c7_1); c += tile.CRow;
        TLanes.Store(c, c8_0); TLanes.StoreLast(c + width, mask, c8_1); c += tile.CRow;
        TLanes.Store(c, c9_0); TLanes.StoreLast(c + width, mask, c9_1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows11Vectors2<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        byte* ahead = tile.Ahead;
        long aheadStep = tile.AheadStep;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default, c0_1 = default;
        TVector c1_0 = default, c1_1 = default;
        TVector c2_0 = default, c2_1 = default;
        TVector c3_0 = default, c3_1 = default;
        TVector c4_0 = default, c4_1 = default;
        TVector c5_0 = default, c5_1 = default;
        TVector c6_0 = default, c6_1 = default;
        TVector c7_0 = default, c7_1 = default;
        TVector c8_0 = default, c8_1 = default;
        TVector c9_0 = default, c9_1 = default;
        TVector c10_0 = default, c10_1 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c3_0 = TLanes.Load(c); c3_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c4_0 = TLanes.Load(c); c4_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c5_0 = TLanes.Load(c); c5_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c6_0 = TLanes.Load(c); c6_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c7_0 = TLanes.Load(c); c7_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c8_0 = TLanes.Load(c); c8_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c9_0 = TLanes.Load(c); c9_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c10_0 = TLanes.Load(c); c10_1 = TLanes.LoadLast(c + width, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TAhead.Ask(ref ahead, aheadStep);
            TVector b0 = TRight.Load(b);
            TVector b1 = TRight.LoadLast(b + rightWidth, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0); c0_1 = TLanes.MultiplyAdd(a, b1, c0_1);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0); c1_1 = TLanes.MultiplyAdd(a, b1, c1_1);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0); c2_1 = TLanes.MultiplyAdd(a, b1, c2_1);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0); c3_1 = TLanes.MultiplyAdd(a, b1, c3_1);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0); c4_1 = TLanes.MultiplyAdd(a, b1, c4_1);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0); c5_1 = TLanes.MultiplyAdd(a, b1, c5_1);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0); c6_1 = TLanes.MultiplyAdd(a, b1, c6_1);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0); c7_1 = TLanes.MultiplyAdd(a, b1, c7_1);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0); c8_1 = TLanes.MultiplyAdd(a, b1, c8_1);
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0); c9_1 = TLanes.MultiplyAdd(a, b1, c9_1);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0); c10_1 = TLanes.MultiplyAdd(a, b1, c10_1);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.StoreLast(c + width, mask, c0_1); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.StoreLast(c + width, mask, c1_1); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.StoreLast(c + width, mask, c2_1); c += tile.CRow;
        TLanes.Store(c, c3_0); TLanes.StoreLast(c + width, mask, c3_1); c += tile.CRow;
        TLanes.Store(c, c4_0); TLanes.StoreLast(c + width, mask, c4_1); c += tile.CRow;
        TLanes.Store(c, c5_0); TLanes.StoreLast(c + width, mask, c5_1); c += tile.CRow;
        TLanes.Store(c, c6_0); TLanes.StoreLast(c + width, mask, c6_1); c += tile.CRow;
        TLanes.Store(c, c7_0); TLanes.StoreLast(c + width, mask, c7_1); c += tile.CRow;
        TLanes.Store(c, c8_0); TLanes.StoreLast(c + width, mask, c8_1); c += tile.CRow;
        TLanes.Store(c, c9_0); TLanes.StoreLast(c + width, mask, c9_1); c += tile.CRow;
        TLanes.Store(c, c10_0); TLanes.StoreLast(c + width, mask, c10_1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows12Vectors2<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        byte* ahead = tile.Ahead;
        long aheadStep = tile.AheadStep;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        byte* a9 = tile.A + (9 * aRow);
        TVector c0_0 = default, c0_1 = default;
        TVector c1_0 = default, c1_1 = default;
        TVector c2_0 = default, c2_1 = default;
        TVector c3_0 = default, c3_1 = default;
        TVector c4_0 = default, c4_1 = default;
        TVector c5_0 = default, c5_1 = default;
        TVector c6_0 = default, c6_1 = default;
        TVector c7_0 = default, c7_1 = default;
        TVector c8_0 = default, c8_1 = default;
        TVector c9_0 = default, c9_1 = default;
        TVector c10_0 = default, c10_1 = default;
        TVector c11_0 = default, c11_1 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c3_0 = TLanes.Load(c); c3_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c4_0 = TLanes.Load(c); c4_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c5_0 = TLanes.Load(c); c5_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c6_0 = TLanes.Load(c); c6_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c7_0 = TLanes.Load(c); c7_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c8_0 = TLanes.Load(c); c8_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c9_0 = TLanes.Load(c); c9_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c10_0 = TLanes.Load(c); c10_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c11_0 = TLanes.Load(c); c11_1 = TLanes.LoadLast(c + width, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TAhead.Ask(ref ahead, aheadStep);
            TVector b0 = TRight.Load(b);
            TVector b1 = TRight.LoadLast(b + rightWidth, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0); c0_1 = TLanes.MultiplyAdd(a, b1, c0_1);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0); c1_1 = TLanes.MultiplyAdd(a, b1, c1_1);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0); c2_1 = TLanes.MultiplyAdd(a, b1, c2_1);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0); c3_1 = TLanes.MultiplyAdd(a, b1, c3_1);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0); c4_1 = TLanes.MultiplyAdd(a, b1, c4_1);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0); c5_1 = TLanes.MultiplyAdd(a, b1, c5_1);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0); c6_1 = TLanes.MultiplyAdd(a, b1, c6_1);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0); c7_1 = TLanes.MultiplyAdd(a, b1, c7_1);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0); c8_1 = TLanes.MultiplyAdd(a, b1, c8_1);
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0); c9_1 = TLanes.MultiplyAdd(a, b1, c9_1);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0); c10_1 = TLanes.MultiplyAdd(a, b1, c10_1);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0); c11_1 = TLanes.MultiplyAdd(a, b1, c11_1);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.StoreLast(c + width, mask, c0_1); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.StoreLast(c + width, mask, c1_1); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.StoreLast(c + width, mask, c2_1); c += tile.CRow;
        TLanes.Store(c, c3_0); TLanes.StoreLast(c + width, mask, c3_1); c += tile.CRow;
        TLanes.Store(c, c4_0); TLanes.StoreLast(c + width, mask, c4_1); c += tile.CRow;
        TLanes.Store(c, c5_0); TLanes.StoreLast(c + width, mask, c5_1); c += tile.CRow;
        TLanes.Store(c, c6_0); TLanes.StoreLast(c + width, mask, c6_1); c += tile.CRow;
        TLanes.Store(c, c7_0); TLanes.StoreLast(c + width, mask, c7_1); c += tile.CRow;
        TLanes.Store(c, c8_0); TLanes.StoreLast(c + width, mask, c8_1); c += tile.CRow;
        TLanes.Store(c, c9_0); TLanes.StoreLast(c + width, mask, c9_1); c += tile.CRow;
        TLanes.Store(c, c10_0); TLanes.StoreLast(c + width, mask, c10_1); c += tile.CRow;
        TLanes.Store(c, c11_0); TLanes.StoreLast(c + width, mask, c11_1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows13Vectors2<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        byte* ahead = tile.Ahead;
        long aheadStep = tile.AheadStep;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        byte* a9 = tile.A + (9 * aRow);
        byte* a12 = tile.A + (12 * aRow);
        TVector c0_0 = default, c0_1 = default;
        TVector c1_0 = default, c1_1 = default;
        TVector c2_0 = default, c2_1 = default;
        TVector c3_0 = default, c3_1 = default;
        TVector c4_0 = default, c4_1 = default;
        TVector c5_0 = default, c5_1 = default;
        TVector c6_0 = default, c6_1 = default;
        TVector c7_0 = default, c7_1 = default;
        TVector c8_0 = default, c8_1 = default;
        TVector c9_0 = default, c9_1 = default;
        TVector c10_0 = default, c10_1 = default;
        TVector c11_0 = default, c11_1 = default;
        TVector c12_0 = default, c12_1 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c3_0 = TLanes.Load(c); c3_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c4_0 = TLanes.Load(c); c4_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c5_0 = TLanes.Load(c); c5_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c6_0 = TLanes.Load(c); c6_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c7_0 = TLanes.Load(c); c7_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c8_0 = TLanes.Load(c); c8_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c9_0 = TLanes.Load(c); c9_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c10_0 = TLanes.Load(c); c10_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c11_0 = TLanes.Load(c); c11_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c12_0 = TLanes.Load(c); c12_1 = TLanes.LoadLast(c + width, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TAhead.Ask(ref ahead, aheadStep);
            TVector b0 = TRight.Load(b);
            TVector b1 = TRight.LoadLast(b + rightWidth, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0); c0_1 = TLanes.MultiplyAdd(a, b1, c0_1);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0); c1_1 = TLanes.MultiplyAdd(a, b1, c1_1);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0); c2_1 = TLanes.MultiplyAdd(a, b1, c2_1);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0); c3_1 = TLanes.MultiplyAdd(a, b1, c3_1);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0); c4_1 = TLanes.MultiplyAdd(a, b1, c4_1);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0); c5_1 = TLanes.MultiplyAdd(a, b1, c5_1);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0); c6_1 = TLanes.MultiplyAdd(a, b1, c6_1);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0); c7_1 = TLanes.MultiplyAdd(a, b1, c7_1);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0); c8_1 = TLanes.MultiplyAdd(a, b1, c8_1);
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0); c9_1 = TLanes.MultiplyAdd(a, b1, c9_1);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0); c10_1 = TLanes.MultiplyAdd(a, b1, c10_1);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0); c11_1 = TLanes.MultiplyAdd(a, b1, c11_1);
            a = TLanes.Broadcast(a12); c12_0 = TLanes.MultiplyAdd(a, b0, c12_0); c12_1 = TLanes.MultiplyAdd(a, b1, c12_1);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
            a12 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.StoreLast(c + width, mask, c0_1); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.StoreLast(c + width, mask, c1_1); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.StoreLast(c + width, mask, c2_1); c += tile.CRow;
        TLanes.Store(c, c3_0); TLanes.StoreLast(c + width, mask, c3_1); c += tile.CRow;
        TLanes.Store(c, c4_0); TLanes.StoreLast(c + width, mask, c4_1); c += tile.CRow;
        TLanes.Store(c, c5_0); TLanes.StoreLast(c + width, mask, c5_1); c += tile.CRow;
        TLanes.Store(c, c6_0); TLanes.StoreLast(c + width, mask, c6_1); c += tile.CRow;
        TLanes.Store(c, c7_0); TLanes.StoreLast(c + width, mask, c7_1); c += tile.CRow;
        TLanes.Store(c, c8_0); TLanes.StoreLast(c + width, mask, c8_1); c += tile.CRow;
        TLanes.Store(c, c9_0); TLanes.StoreLast(c + width, mask, c9_1); c += tile.CRow;
        TLanes.Store(c, c10_0); TLanes.StoreLast(c + width, mask, c10_1); c += tile.CRow;
        TLanes.Store(c, c11_0); TLanes.StoreLast(c + width, mask, c11_1); c += tile.CRow;
        TLanes.Store(c, c12_0); TLanes.StoreLast(c + width, mask, c12_1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows14Vectors2<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        TMask mask = TLanes.Mask(tile.LastColumns);
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        byte* ahead = tile.Ahead;
        long aheadStep = tile.AheadStep;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        byte* a3 = tile.A + (3 * aRow);
        byte* a6 = tile.A + (6 * aRow);
        byte* a9 = tile.A + (9 * aRow);
        byte* a12 = tile.A + (12 * aRow);
        TVector c0_0 = default, c0_1 = default;
        TVector c1_0 = default, c1_1 = default;
        TVector c2_0 = default, c2_1 = default;
        TVector c3_0 = default, c3_1 = default;
        TVector c4_0 = default, c4_1 = default;
        TVector c5_0 = default, c5_1 = default;
        TVector c6_0 = default, c6_1 = default;
        TVector c7_0 = default, c7_1 = default;
        TVector c8_0 = default, c8_1 = default;
        TVector c9_0 = default, c9_1 = default;
        TVector c10_0 = default, c10_1 = default;
        TVector c11_0 = default, c11_1 = default;
        TVector c12_0 = default, c12_1 = default;
        TVector c13_0 = default, c13_1 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c3_0 = TLanes.Load(c); c3_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c4_0 = TLanes.Load(c); c4_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c5_0 = TLanes.Load(c); c5_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c6_0 = TLanes.Load(c); c6_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c7_0 = TLanes.Load(c); c7_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c8_0 = TLanes.Load(c); c8_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c9_0 = TLanes.Load(c); c9_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c10_0 = TLanes.Load(c); c10_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c11_0 = TLanes.Load(c); c11_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c12_0 = TLanes.Load(c); c12_1 = TLanes.LoadLast(c + width, mask); c += tile.CRow;
            c13_0 = TLanes.Load(c); c13_1 = TLanes.LoadLast(c + width, mask);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TAhead.Ask(ref ahead, aheadStep);
            TVector b0 = TRight.Load(b);
            TVector b1 = TRight.LoadLast(b + rightWidth, mask);
            TVector a = TLanes.Broadcast(a0); c0_0 = TLanes.MultiplyAdd(a, b0, c0_0); c0_1 = TLanes.MultiplyAdd(a, b1, c0_1);
            a = TLanes.Broadcast(a0 + aRow); c1_0 = TLanes.MultiplyAdd(a, b0, c1_0); c1_1 = TLanes.MultiplyAdd(a, b1, c1_1);
            a = TLanes.Broadcast(a0 + (2 * aRow)); c2_0 = TLanes.MultiplyAdd(a, b0, c2_0); c2_1 = TLanes.MultiplyAdd(a, b1, c2_1);
            a = TLanes.Broadcast(a3); c3_0 = TLanes.MultiplyAdd(a, b0, c3_0); c3_1 = TLanes.MultiplyAdd(a, b1, c3_1);
            a = TLanes.Broadcast(a3 + aRow); c4_0 = TLanes.MultiplyAdd(a, b0, c4_0); c4_1 = TLanes.MultiplyAdd(a, b1, c4_1);
            a = TLanes.Broadcast(a3 + (2 * aRow)); c5_0 = TLanes.MultiplyAdd(a, b0, c5_0); c5_1 = TLanes.MultiplyAdd(a, b1, c5_1);
            a = TLanes.Broadcast(a6); c6_0 = TLanes.MultiplyAdd(a, b0, c6_0); c6_1 = TLanes.MultiplyAdd(a, b1, c6_1);
            a = TLanes.Broadcast(a6 + aRow); c7_0 = TLanes.MultiplyAdd(a, b0, c7_0); c7_1 = TLanes.MultiplyAdd(a, b1, c7_1);
            a = TLanes.Broadcast(a6 + (2 * aRow)); c8_0 = TLanes.MultiplyAdd(a, b0, c8_0); c8_1 = TLanes.MultiplyAdd(a, b1, c8_1);
            a = TLanes.Broadcast(a9); c9_0 = TLanes.MultiplyAdd(a, b0, c9_0); c9_1 = TLanes.MultiplyAdd(a, b1, c9_1);
            a = TLanes.Broadcast(a9 + aRow); c10_0 = TLanes.MultiplyAdd(a, b0, c10_0); c10_1 = TLanes.MultiplyAdd(a, b1, c10_1);
            a = TLanes.Broadcast(a9 + (2 * aRow)); c11_0 = TLanes.MultiplyAdd(a, b0, c11_0); c11_1 = TLanes.MultiplyAdd(a, b1, c11_1);
            a = TLanes.Broadcast(a12); c12_0 = TLanes.MultiplyAdd(a, b0, c12_0); c12_1 = TLanes.MultiplyAdd(a, b1, c12_1);
            a = TLanes.Broadcast(a12 + aRow); c13_0 = TLanes.MultiplyAdd(a, b0, c13_0); c13_1 = TLanes.MultiplyAdd(a, b1, c13_1);
            b += bStep;
            a0 += aStep;
            a3 += aStep;
            a6 += aStep;
            a9 += aStep;
            a12 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.StoreLast(c + width, mask, c0_1); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.StoreLast(c + width, mask, c1_1); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.StoreLast(c + width, mask, c2_1); c += tile.CRow;
        TLanes.Store(c, c3_0); TLanes.StoreLast(c + width, mask, c3_1); c += tile.CRow;
        TLanes.Store(c, c4_0); TLanes.StoreLast(c + width, mask, c4_1); c += tile.CRow;
        TLanes.Store(c, c5_0); TLanes.StoreLast(c + width, mask, c5_1); c += tile.CRow;
        TLanes.Store(c, c6_0); TLanes.StoreLast(c + width, mask, c6_1); c += tile.CRow;
        TLanes.Store(c, c7_0); TLanes.StoreLast(c + width, mask, c7_1); c += tile.CRow;
        TLanes.Store(c, c8_0); TLanes.StoreLast(c + width, mask, c8_1); c += tile.CRow;
        TLanes.Store(c, c9_0); TLanes.StoreLast(c + width, mask, c9_1); c += tile.CRow;
        TLanes.Store(c, c10_0); TLanes.StoreLast(c + width, mask, c10_1); c += tile.CRow;
        TLanes.Store(c, c11_0); TLanes.StoreLast(c + width, mask, c11_1); c += tile.CRow;
        TLanes.Store(c, c12_0); TLanes.StoreLast(c + width, mask, c12_1); c += tile.CRow;
        TLanes.Store(c, c13_0); TLanes.StoreLast(c + width, mask, c13_1);
    }
}
