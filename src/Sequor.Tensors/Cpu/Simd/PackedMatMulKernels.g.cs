// Written by tools/kernels/packed.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class PackedMatMulKernels
{
    /// <summary>The most rows of a kernel.</summary>
    internal const int MaximumRows = 8;

    /// <summary>The most rows of a kernel that fits into sixteen registers.</summary>
    internal const int MaximumRowsOfFewRegisters = 4;

    private static void Fill<TLanes, TSums, TWeights, TInputs>(delegate*<in PackedTile, void>* kernels)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        kernels[0] = &Rows1<TLanes, TSums, TWeights, TInputs>;
        kernels[1] = &Rows2<TLanes, TSums, TWeights, TInputs>;
        kernels[2] = &Rows3<TLanes, TSums, TWeights, TInputs>;
        kernels[3] = &Rows4<TLanes, TSums, TWeights, TInputs>;
        kernels[4] = &Rows5<TLanes, TSums, TWeights, TInputs>;
        kernels[5] = &Rows6<TLanes, TSums, TWeights, TInputs>;
        kernels[6] = &Rows7<TLanes, TSums, TWeights, TInputs>;
        kernels[7] = &Rows8<TLanes, TSums, TWeights, TInputs>;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            TWeights w;
            TSums s0_0 = default, s0_1 = default, s0_2 = default, s0_3 = default;

            for (; steps >= 4; steps -= 4)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                ReadAhead.AskFor(ahead + aheadStep, aheadLine, TLanes.Groups);
                w = TLanes.Load(b + bStep);
                s0_1 = TLanes.Dot(s0_1, TLanes.Broadcast(a0 + aStep), w);
                ReadAhead.AskFor(ahead + (2 * aheadStep), aheadLine, TLanes.Groups);
                w = TLanes.Load(b + (2 * bStep));
                s0_2 = TLanes.Dot(s0_2, TLanes.Broadcast(a0 + (2 * aStep)), w);
                ReadAhead.AskFor(ahead + (3 * aheadStep), aheadLine, TLanes.Groups);
                w = TLanes.Load(b + (3 * bStep));
                s0_3 = TLanes.Dot(s0_3, TLanes.Broadcast(a0 + (3 * aStep)), w);
                a0 += 4 * aStep;
                b += 4 * bStep;
                ahead += 4 * aheadStep;
            }

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                a0 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
            }

            int* c = sums;
            TLanes.Store(c, TLanes.Add(TLanes.Add(s0_0, s0_1), TLanes.Add(s0_2, s0_3)));
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            TWeights w;
            TSums s0_0 = default, s0_1 = default, s0_2 = default, s0_3 = default;
            TSums s1_0 = default, s1_1 = default, s1_2 = default, s1_3 = default;

            if (TLanes.HasManyRegisters)
            {
                for (; steps >= 4; steps -= 4)
                {
                    ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                    w = TLanes.Load(b);
                    s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                    s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                    ReadAhead.AskFor(ahead + aheadStep, aheadLine, TLanes.Groups);
                    w = TLanes.Load(b + bStep);
                    s0_1 = TLanes.Dot(s0_1, TLanes.Broadcast(a0 + aStep), w);
                    s1_1 = TLanes.Dot(s1_1, TLanes.Broadcast(a0 + aRow + aStep), w);
                    ReadAhead.AskFor(ahead + (2 * aheadStep), aheadLine, TLanes.Groups);
                    w = TLanes.Load(b + (2 * bStep));
                    s0_2 = TLanes.Dot(s0_2, TLanes.Broadcast(a0 + (2 * aStep)), w);
                    s1_2 = TLanes.Dot(s1_2, TLanes.Broadcast(a0 + aRow + (2 * aStep)), w);
                    ReadAhead.AskFor(ahead + (3 * aheadStep), aheadLine, TLanes.Groups);
                    w = TLanes.Load(b + (3 * bStep));
                    s0_3 = TLanes.Dot(s0_3, TLanes.Broadcast(a0 + (3 * aStep)), w);
                    s1_3 = TLanes.Dot(s1_3, TLanes.Broadcast(a0 + aRow + (3 * aStep)), w);
                    a0 += 4 * aStep;
                    b += 4 * bStep;
                    ahead += 4 * aheadStep;
                }
            }

            for (; steps >= 2; steps -= 2)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                ReadAhead.AskFor(ahead + aheadStep, aheadLine, TLanes.Groups);
                w = TLanes.Load(b + bStep);
                s0_1 = TLanes.Dot(s0_1, TLanes.Broadcast(a0 + aStep), w);
                s1_1 = TLanes.Dot(s1_1, TLanes.Broadcast(a0 + aRow + aStep), w);
                a0 += 2 * aStep;
                b += 2 * bStep;
                ahead += 2 * aheadStep;
            }

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                a0 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
            }

            int* c = sums;
            TLanes.Store(c, TLanes.Add(TLanes.Add(s0_0, s0_1), TLanes.Add(s0_2, s0_3)));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(TLanes.Add(s1_0, s1_1), TLanes.Add(s1_2, s1_3)));
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows3<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            TWeights w;
            TSums s0_0 = default, s0_1 = default;
            TSums s1_0 = default, s1_1 = default;
            TSums s2_0 = default, s2_1 = default;

            for (; steps >= 2; steps -= 2)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                ReadAhead.AskFor(ahead + aheadStep, aheadLine, TLanes.Groups);
                w = TLanes.Load(b + bStep);
                s0_1 = TLanes.Dot(s0_1, TLanes.Broadcast(a0 + aStep), w);
                s1_1 = TLanes.Dot(s1_1, TLanes.Broadcast(a0 + aRow + aStep), w);
                s2_1 = TLanes.Dot(s2_1, TLanes.Broadcast(a0 + (2 * aRow) + aStep), w);
                a0 += 2 * aStep;
                b += 2 * bStep;
                ahead += 2 * aheadStep;
            }

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                a0 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
            }

            int* c = sums;
            TLanes.Store(c, TLanes.Add(s0_0, s0_1));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(s1_0, s1_1));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(s2_0, s2_1));
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            byte* a3 = tile.A + (3 * aRow);
            TWeights w;
            TSums s0_0 = default, s0_1 = default;
            TSums s1_0 = default, s1_1 = default;
            TSums s2_0 = default, s2_1 = default;
            TSums s3_0 = default, s3_1 = default;

            if (TLanes.HasManyRegisters)
            {
                for (; steps >= 2; steps -= 2)
                {
                    ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                    w = TLanes.Load(b);
                    s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                    s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                    s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                    s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                    ReadAhead.AskFor(ahead + aheadStep, aheadLine, TLanes.Groups);
                    w = TLanes.Load(b + bStep);
                    s0_1 = TLanes.Dot(s0_1, TLanes.Broadcast(a0 + aStep), w);
                    s1_1 = TLanes.Dot(s1_1, TLanes.Broadcast(a0 + aRow + aStep), w);
                    s2_1 = TLanes.Dot(s2_1, TLanes.Broadcast(a0 + (2 * aRow) + aStep), w);
                    s3_1 = TLanes.Dot(s3_1, TLanes.Broadcast(a3 + aStep), w);
                    a0 += 2 * aStep;
                    a3 += 2 * aStep;
                    b += 2 * bStep;
                    ahead += 2 * aheadStep;
                }
            }

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                a0 += aStep;
                a3 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
            }

            int* c = sums;
            TLanes.Store(c, TLanes.Add(s0_0, s0_1));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(s1_0, s1_1));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(s2_0, s2_1));
            c += tile.CRow;
            TLanes.Store(c, TLanes.Add(s3_0, s3_1));
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows5<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            byte* a3 = tile.A + (3 * aRow);
            TWeights w;
            TSums s0_0 = default;
            TSums s1_0 = default;
            TSums s2_0 = default;
            TSums s3_0 = default;
            TSums s4_0 = default;

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                a0 += aStep;
                a3 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
            }

            int* c = sums;
            TLanes.Store(c, s0_0);
            c += tile.CRow;
            TLanes.Store(c, s1_0);
            c += tile.CRow;
            TLanes.Store(c, s2_0);
            c += tile.CRow;
            TLanes.Store(c, s3_0);
            c += tile.CRow;
            TLanes.Store(c, s4_0);
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            byte* a3 = tile.A + (3 * aRow);
            TWeights w;
            TSums s0_0 = default;
            TSums s1_0 = default;
            TSums s2_0 = default;
            TSums s3_0 = default;
            TSums s4_0 = default;
            TSums s5_0 = default;

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
                a0 += aStep;
                a3 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
            }

            int* c = sums;
            TLanes.Store(c, s0_0);
            c += tile.CRow;
            TLanes.Store(c, s1_0);
            c += tile.CRow;
            TLanes.Store(c, s2_0);
            c += tile.CRow;
            TLanes.Store(c, s3_0);
            c += tile.CRow;
            TLanes.Store(c, s4_0);
            c += tile.CRow;
            TLanes.Store(c, s5_0);
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows7<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            byte* a3 = tile.A + (3 * aRow);
            byte* a6 = tile.A + (6 * aRow);
            TWeights w;
            TSums s0_0 = default;
            TSums s1_0 = default;
            TSums s2_0 = default;
            TSums s3_0 = default;
            TSums s4_0 = default;
            TSums s5_0 = default;
            TSums s6_0 = default;

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
                s6_0 = TLanes.Dot(s6_0, TLanes.Broadcast(a6), w);
                a0 += aStep;
                a3 += aStep;
                a6 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
                s6_0 = TLanes.Dot(s6_0, TLanes.Broadcast(a6), w);
            }

            int* c = sums;
            TLanes.Store(c, s0_0);
            c += tile.CRow;
            TLanes.Store(c, s1_0);
            c += tile.CRow;
            TLanes.Store(c, s2_0);
            c += tile.CRow;
            TLanes.Store(c, s3_0);
            c += tile.CRow;
            TLanes.Store(c, s4_0);
            c += tile.CRow;
            TLanes.Store(c, s5_0);
            c += tile.CRow;
            TLanes.Store(c, s6_0);
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows8<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)
        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>
        where TSums : struct
        where TWeights : struct
        where TInputs : struct
    {
        int aStep = TLanes.InputBytes;
        int bStep = TLanes.Groups * PackedTile.GroupBytes;
        long aRow = tile.ARow;
        byte* ahead = tile.Ahead;
        long aheadLine = tile.AheadLine;
        long aheadStep = TLanes.Groups * aheadLine;
        byte* panel = tile.B;
        int* sums = tile.C;
        for (int panels = tile.Panels; panels > 0; panels--)
        {
            long steps = tile.Groups / TLanes.Groups;
            byte* b = panel;
            byte* a0 = tile.A;
            byte* a3 = tile.A + (3 * aRow);
            byte* a6 = tile.A + (6 * aRow);
            TWeights w;
            TSums s0_0 = default;
            TSums s1_0 = default;
            TSums s2_0 = default;
            TSums s3_0 = default;
            TSums s4_0 = default;
            TSums s5_0 = default;
            TSums s6_0 = default;
            TSums s7_0 = default;

            for (; steps >= 1; steps -= 1)
            {
                ReadAhead.AskFor(ahead, aheadLine, TLanes.Groups);
                w = TLanes.Load(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
                s6_0 = TLanes.Dot(s6_0, TLanes.Broadcast(a6), w);
                s7_0 = TLanes.Dot(s7_0, TLanes.Broadcast(a6 + aRow), w);
                a0 += aStep;
                a3 += aStep;
                a6 += aStep;
                b += bStep;
                ahead += aheadStep;
            }

            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)
            {
                w = TLanes.LoadOneGroup(b);
                s0_0 = TLanes.Dot(s0_0, TLanes.Broadcast(a0), w);
                s1_0 = TLanes.Dot(s1_0, TLanes.Broadcast(a0 + aRow), w);
                s2_0 = TLanes.Dot(s2_0, TLanes.Broadcast(a0 + (2 * aRow)), w);
                s3_0 = TLanes.Dot(s3_0, TLanes.Broadcast(a3), w);
                s4_0 = TLanes.Dot(s4_0, TLanes.Broadcast(a3 + aRow), w);
                s5_0 = TLanes.Dot(s5_0, TLanes.Broadcast(a3 + (2 * aRow)), w);
                s6_0 = TLanes.Dot(s6_0, TLanes.Broadcast(a6), w);
                s7_0 = TLanes.Dot(s7_0, TLanes.Broadcast(a6 + aRow), w);
            }

            int* c = sums;
            TLanes.Store(c, s0_0);
            c += tile.CRow;
            TLanes.Store(c, s1_0);
            c += tile.CRow;
            TLanes.Store(c, s2_0);
            c += tile.CRow;
            TLanes.Store(c, s3_0);
            c += tile.CRow;
            TLanes.Store(c, s4_0);
            c += tile.CRow;
            TLanes.Store(c, s5_0);
            c += tile.CRow;
            TLanes.Store(c, s6_0);
            c += tile.CRow;
            TLanes.Store(c, s7_0);
            panel += tile.BPanel;
            sums += PackedTile.PanelSums;
        }
    }
}
