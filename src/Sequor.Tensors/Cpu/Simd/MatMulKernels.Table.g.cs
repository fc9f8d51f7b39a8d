// Written by tools/kernels/matmul.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class MatMulKernels
{
    /// <summary>The addresses of all kernels of one width: vectors outer, rows inner.</summary>
    private static void Fill<TLanes, TVector, TMask, TRight, TAhead>(delegate*<in MicroTile, void>* kernels)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        kernels[0] = &Rows1Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[1] = &Rows2Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[2] = &Rows3Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[3] = &Rows4Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[4] = &Rows5Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[5] = &Rows6Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[6] = &Rows7Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[7] = &Rows8Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[8] = &Rows9Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[9] = &Rows10Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[10] = &Rows11Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[11] = &Rows12Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[12] = &Rows13Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[13] = &Rows14Vectors1<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[14] = &Rows1Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[15] = &Rows2Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[16] = &Rows3Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[17] = &Rows4Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[18] = &Rows5Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[19] = &Rows6Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[20] = &Rows7Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[21] = &Rows8Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[22] = &Rows9Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[23] = &Rows10Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[24] = &Rows11Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[25] = &Rows12Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[26] = &Rows13Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[27] = &Rows14Vectors2<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[28] = &Rows1Vectors8<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[29] = &Rows2Vectors8<TLanes, TVector, TMask, TRight, TAhead>;
        kernels[30] = &Rows3Vectors8<TLanes, TVector, TMask, TRight, TAhead>;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1Vectors8<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        long bPanel = tile.BPanel;
        long cPanel = 2 * width;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c0_4 = default, c0_5 = default, c0_6 = default, c0_7 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.Load(c + width); c0_2 = TLanes.Load(c + cPanel); c0_3 = TLanes.Load(c + cPanel + width); c0_4 = TLanes.Load(c + (2 * cPanel)); c0_5 = TLanes.Load(c + (2 * cPanel) + width); c0_6 = TLanes.Load(c + (3 * cPanel)); c0_7 = TLanes.Load(c + (3 * cPanel) + width);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector left0 = TLanes.Broadcast(a0);
            TVector right = TRight.Load(b); c0_0 = TLanes.MultiplyAdd(left0, right, c0_0);
            right = TRight.Load(b + rightWidth); c0_1 = TLanes.MultiplyAdd(left0, right, c0_1);
            right = TRight.Load(b + bPanel); c0_2 = TLanes.MultiplyAdd(left0, right, c0_2);
            right = TRight.Load(b + bPanel + rightWidth); c0_3 = TLanes.MultiplyAdd(left0, right, c0_3);
            right = TRight.Load(b + (2 * bPanel)); c0_4 = TLanes.MultiplyAdd(left0, right, c0_4);
            right = TRight.Load(b + (2 * bPanel) + rightWidth); c0_5 = TLanes.MultiplyAdd(left0, right, c0_5);
            right = TRight.Load(b + (3 * bPanel)); c0_6 = TLanes.MultiplyAdd(left0, right, c0_6);
            right = TRight.Load(b + (3 * bPanel) + rightWidth); c0_7 = TLanes.MultiplyAdd(left0, right, c0_7);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.Store(c + width, c0_1); TLanes.Store(c + cPanel, c0_2); TLanes.Store(c + cPanel + width, c0_3); TLanes.Store(c + (2 * cPanel), c0_4); TLanes.Store(c + (2 * cPanel) + width, c0_5); TLanes.Store(c + (3 * cPanel), c0_6); TLanes.Store(c + (3 * cPanel) + width, c0_7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2Vectors8<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        long bPanel = tile.BPanel;
        long cPanel = 2 * width;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c0_4 = default, c0_5 = default, c0_6 = default, c0_7 = default;
        TVector c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default, c1_4 = default, c1_5 = default, c1_6 = default, c1_7 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.Load(c + width); c0_2 = TLanes.Load(c + cPanel); c0_3 = TLanes.Load(c + cPanel + width); c0_4 = TLanes.Load(c + (2 * cPanel)); c0_5 = TLanes.Load(c + (2 * cPanel) + width); c0_6 = TLanes.Load(c + (3 * cPanel)); c0_7 = TLanes.Load(c + (3 * cPanel) + width); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.Load(c + width); c1_2 = TLanes.Load(c + cPanel); c1_3 = TLanes.Load(c + cPanel + width); c1_4 = TLanes.Load(c + (2 * cPanel)); c1_5 = TLanes.Load(c + (2 * cPanel) + width); c1_6 = TLanes.Load(c + (3 * cPanel)); c1_7 = TLanes.Load(c + (3 * cPanel) + width);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector left0 = TLanes.Broadcast(a0);
            TVector left1 = TLanes.Broadcast(a0 + aRow);
            TVector right = TRight.Load(b); c0_0 = TLanes.MultiplyAdd(left0, right, c0_0); c1_0 = TLanes.MultiplyAdd(left1, right, c1_0);
            right = TRight.Load(b + rightWidth); c0_1 = TLanes.MultiplyAdd(left0, right, c0_1); c1_1 = TLanes.MultiplyAdd(left1, right, c1_1);
            right = TRight.Load(b + bPanel); c0_2 = TLanes.MultiplyAdd(left0, right, c0_2); c1_2 = TLanes.MultiplyAdd(left1, right, c1_2);
            right = TRight.Load(b + bPanel + rightWidth); c0_3 = TLanes.MultiplyAdd(left0, right, c0_3); c1_3 = TLanes.MultiplyAdd(left1, right, c1_3);
            right = TRight.Load(b + (2 * bPanel)); c0_4 = TLanes.MultiplyAdd(left0, right, c0_4); c1_4 = TLanes.MultiplyAdd(left1, right, c1_4);
            right = TRight.Load(b + (2 * bPanel) + rightWidth); c0_5 = TLanes.MultiplyAdd(left0, right, c0_5); c1_5 = TLanes.MultiplyAdd(left1, right, c1_5);
            right = TRight.Load(b + (3 * bPanel)); c0_6 = TLanes.MultiplyAdd(left0, right, c0_6); c1_6 = TLanes.MultiplyAdd(left1, right, c1_6);
            right = TRight.Load(b + (3 * bPanel) + rightWidth); c0_7 = TLanes.MultiplyAdd(left0, right, c0_7); c1_7 = TLanes.MultiplyAdd(left1, right, c1_7);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.Store(c + width, c0_1); TLanes.Store(c + cPanel, c0_2); TLanes.Store(c + cPanel + width, c0_3); TLanes.Store(c + (2 * cPanel), c0_4); TLanes.Store(c + (2 * cPanel) + width, c0_5); TLanes.Store(c + (3 * cPanel), c0_6); TLanes.Store(c + (3 * cPanel) + width, c0_7); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.Store(c + width, c1_1); TLanes.Store(c + cPanel, c1_2); TLanes.Store(c + cPanel + width, c1_3); TLanes.Store(c + (2 * cPanel), c1_4); TLanes.Store(c + (2 * cPanel) + width, c1_5); TLanes.Store(c + (3 * cPanel), c1_6); TLanes.Store(c + (3 * cPanel) + width, c1_7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3Vectors8<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)
        where TLanes : struct, ILanes<TVector, TMask>
        where TVector : struct
        where TMask : struct
        where TRight : struct, IMatMulRight<TVector, TMask>
        where TAhead : struct, IReadAhead
    {
        int width = TLanes.Count * sizeof(float);
        int rightWidth = TLanes.Count * TRight.Bytes;
        long bPanel = tile.BPanel;
        long cPanel = 2 * width;
        long aRow = tile.ARow;
        long aStep = tile.AStep;
        long bStep = tile.BStep;
        byte* b = tile.B;
        byte* a0 = tile.A;
        TVector c0_0 = default, c0_1 = default, c0_2 = default, c0_3 = default, c0_4 = default, c0_5 = default, c0_6 = default, c0_7 = default;
        TVector c1_0 = default, c1_1 = default, c1_2 = default, c1_3 = default, c1_4 = default, c1_5 = default, c1_6 = default, c1_7 = default;
        TVector c2_0 = default, c2_1 = default, c2_2 = default, c2_3 = default, c2_4 = default, c2_5 = default, c2_6 = default, c2_7 = default;
        byte* c = tile.C;
        if (tile.Accumulate)
        {
            c0_0 = TLanes.Load(c); c0_1 = TLanes.Load(c + width); c0_2 = TLanes.Load(c + cPanel); c0_3 = TLanes.Load(c + cPanel + width); c0_4 = TLanes.Load(c + (2 * cPanel)); c0_5 = TLanes.Load(c + (2 * cPanel) + width); c0_6 = TLanes.Load(c + (3 * cPanel)); c0_7 = TLanes.Load(c + (3 * cPanel) + width); c += tile.CRow;
            c1_0 = TLanes.Load(c); c1_1 = TLanes.Load(c + width); c1_2 = TLanes.Load(c + cPanel); c1_3 = TLanes.Load(c + cPanel + width); c1_4 = TLanes.Load(c + (2 * cPanel)); c1_5 = TLanes.Load(c + (2 * cPanel) + width); c1_6 = TLanes.Load(c + (3 * cPanel)); c1_7 = TLanes.Load(c + (3 * cPanel) + width); c += tile.CRow;
            c2_0 = TLanes.Load(c); c2_1 = TLanes.Load(c + width); c2_2 = TLanes.Load(c + cPanel); c2_3 = TLanes.Load(c + cPanel + width); c2_4 = TLanes.Load(c + (2 * cPanel)); c2_5 = TLanes.Load(c + (2 * cPanel) + width); c2_6 = TLanes.Load(c + (3 * cPanel)); c2_7 = TLanes.Load(c + (3 * cPanel) + width);
        }

        for (long k = tile.K; k > 0; k--)
        {
            TVector left0 = TLanes.Broadcast(a0);
            TVector left1 = TLanes.Broadcast(a0 + aRow);
            TVector left2 = TLanes.Broadcast(a0 + (2 * aRow));
            TVector right = TRight.Load(b); c0_0 = TLanes.MultiplyAdd(left0, right, c0_0); c1_0 = TLanes.MultiplyAdd(left1, right, c1_0); c2_0 = TLanes.MultiplyAdd(left2, right, c2_0);
            right = TRight.Load(b + rightWidth); c0_1 = TLanes.MultiplyAdd(left0, right, c0_1); c1_1 = TLanes.MultiplyAdd(left1, right, c1_1); c2_1 = TLanes.MultiplyAdd(left2, right, c2_1);
            right = TRight.Load(b + bPanel); c0_2 = TLanes.MultiplyAdd(left0, right, c0_2); c1_2 = TLanes.MultiplyAdd(left1, right, c1_2); c2_2 = TLanes.MultiplyAdd(left2, right, c2_2);
            right = TRight.Load(b + bPanel + rightWidth); c0_3 = TLanes.MultiplyAdd(left0, right, c0_3); c1_3 = TLanes.MultiplyAdd(left1, right, c1_3); c2_3 = TLanes.MultiplyAdd(left2, right, c2_3);
            right = TRight.Load(b + (2 * bPanel)); c0_4 = TLanes.MultiplyAdd(left0, right, c0_4); c1_4 = TLanes.MultiplyAdd(left1, right, c1_4); c2_4 = TLanes.MultiplyAdd(left2, right, c2_4);
            right = TRight.Load(b + (2 * bPanel) + rightWidth); c0_5 = TLanes.MultiplyAdd(left0, right, c0_5); c1_5 = TLanes.MultiplyAdd(left1, right, c1_5); c2_5 = TLanes.MultiplyAdd(left2, right, c2_5);
            right = TRight.Load(b + (3 * bPanel)); c0_6 = TLanes.MultiplyAdd(left0, right, c0_6); c1_6 = TLanes.MultiplyAdd(left1, right, c1_6); c2_6 = TLanes.MultiplyAdd(left2, right, c2_6);
            right = TRight.Load(b + (3 * bPanel) + rightWidth); c0_7 = TLanes.MultiplyAdd(left0, right, c0_7); c1_7 = TLanes.MultiplyAdd(left1, right, c1_7); c2_7 = TLanes.MultiplyAdd(left2, right, c2_7);
            b += bStep;
            a0 += aStep;
        }

        c = tile.C;
        TLanes.Store(c, c0_0); TLanes.Store(c + width, c0_1); TLanes.Store(c + cPanel, c0_2); TLanes.Store(c + cPanel + width, c0_3); TLanes.Store(c + (2 * cPanel), c0_4); TLanes.Store(c + (2 * cPanel) + width, c0_5); TLanes.Store(c + (3 * cPanel), c0_6); TLanes.Store(c + (3 * cPanel) + width, c0_7); c += tile.CRow;
        TLanes.Store(c, c1_0); TLanes.Store(c + width, c1_1); TLanes.Store(c + cPanel, c1_2); TLanes.Store(c + cPanel + width, c1_3); TLanes.Store(c + (2 * cPanel), c1_4); TLanes.Store(c + (2 * cPanel) + width, c1_5); TLanes.Store(c + (3 * cPanel), c1_6); TLanes.Store(c + (3 * cPanel) + width, c1_7); c += tile.CRow;
        TLanes.Store(c, c2_0); TLanes.Store(c + width, c2_1); TLanes.Store(c + cPanel, c2_2); TLanes.Store(c + cPanel + width, c2_3); TLanes.Store(c + (2 * cPanel), c2_4); TLanes.Store(c + (2 * cPanel) + width, c2_5); TLanes.Store(c + (3 * cPanel), c2_6); TLanes.Store(c + (3 * cPanel) + width, c2_7);
    }
}
