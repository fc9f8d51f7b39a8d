#!/usr/bin/env python3
"""Writes the micro-kernels of products with weights of integers, src/Sequor.Tensors/Cpu/Simd/PackedMatMulKernels.g.cs.

Run from the repository's root: python3 tools/kernels/packed.py

A kernel computes some rows of one panel after the other, so that the weights are read from the first byte to the last. Sums of whole numbers do
not depend on their order, so few rows keep the multipliers busy by several partial sums: STEPS[rows] of them. With each line of weights that is read
goes a question for one further on, because the processor by itself keeps too few requests under way when weights come from memory.
Every accumulator is a named local, because the JIT keeps an array of vectors in memory (a third of the speed).
"""

from pathlib import Path

FILE = Path("src/Sequor.Tensors/Cpu/Simd/PackedMatMulKernels.g.cs")
STEPS = {1: 4, 2: 4, 3: 2, 4: 2, 5: 1, 6: 1, 7: 1, 8: 1}
# More than these would not fit into sixteen registers.
STEPS_OF_FEW_REGISTERS = {1: 4, 2: 2, 3: 2, 4: 1}


def left(row, step):
    place = f"a{row - row % 3}" + ["", " + aRow", " + (2 * aRow)"][row % 3]
    return place + ("" if step == 0 else " + aStep" if step == 1 else f" + ({step} * aStep)")


def pointers(rows):
    return [f"a{row}" for row in range(0, rows, 3)]


def step_lines(rows, step, indent, load="Load"):
    b = "b" if step == 0 else "b + bStep" if step == 1 else f"b + ({step} * bStep)"
    lines = []
    if load == "Load":
        at = "ahead" if step == 0 else "ahead + aheadStep" if step == 1 else f"ahead + ({step} * aheadStep)"
        lines += [f"{indent}ReadAhead.AskFor({at}, aheadLine, TLanes.Groups);"]
    lines += [f"{indent}w = TLanes.{load}({b});"]
    for row in range(rows):
        name = f"s{row}_{step}"
        lines += [f"{indent}{name} = TLanes.Dot({name}, TLanes.Broadcast({left(row, step)}), w);"]
    return lines


def advance(rows, steps, indent):
    a = "aStep" if steps == 1 else f"{steps} * aStep"
    b = "bStep" if steps == 1 else f"{steps} * bStep"
    ahead = "aheadStep" if steps == 1 else f"{steps} * aheadStep"
    return [f"{indent}{pointer} += {a};" for pointer in pointers(rows)] + [f"{indent}b += {b};", f"{indent}ahead += {ahead};"]


def loop(rows, steps, indent):
    lines = [f"{indent}for (; steps >= {steps}; steps -= {steps})", f"{indent}{{"]
    for step in range(steps):
        lines += step_lines(rows, step, indent + "    ")
    return lines + advance(rows, steps, indent + "    ") + [f"{indent}}}", ""]


def joined(row, steps):
    names = [f"s{row}_{step}" for step in range(steps)]
    while len(names) > 1:
        names = [f"TLanes.Add({names[i]}, {names[i + 1]})" for i in range(0, len(names), 2)]
    return names[0]


def kernel(rows):
    steps = STEPS[rows]
    few = STEPS_OF_FEW_REGISTERS.get(rows, 1)
    lines = [
        "    [MethodImpl(MethodImplOptions.AggressiveOptimization)]",
        f"    private static void Rows{rows}<TLanes, TSums, TWeights, TInputs>(in PackedTile tile)",
        "        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>",
        "        where TSums : struct",
        "        where TWeights : struct",
        "        where TInputs : struct",
        "    {",
        "        int aStep = TLanes.InputBytes;",
        "        int bStep = TLanes.Groups * PackedTile.GroupBytes;",
    ]
    if rows > 1:
        lines += ["        long aRow = tile.ARow;"]
    lines += ["        byte* ahead = tile.Ahead;", "        long aheadLine = tile.AheadLine;", "        long aheadStep = TLanes.Groups * aheadLine;"]
    lines += [
        "        byte* panel = tile.B;",
        "        int* sums = tile.C;",
        "        for (int panels = tile.Panels; panels > 0; panels--)",
        "        {",
        "            long steps = tile.Groups / TLanes.Groups;",
        "            byte* b = panel;",
    ]
    for pointer in pointers(rows):
        row = int(pointer[1:])
        lines += [f"            byte* {pointer} = tile.A" + (f" + ({row} * aRow);" if row else ";")]
    lines += ["            TWeights w;"]
    for row in range(rows):
        lines += ["            TSums " + ", ".join(f"s{row}_{step} = default" for step in range(steps)) + ";"]
    lines += [""]
    if steps == few or steps == 1:
        lines += loop(rows, steps, "            ")
    else:
        lines += ["            if (TLanes.HasManyRegisters)", "            {"]
        lines += loop(rows, steps, "                ")[:-1]
        lines += ["            }", ""]
        if few > 1:
            lines += loop(rows, few, "            ")
    if steps > 1:
        lines += loop(rows, 1, "            ")
    lines += ["            if (TLanes.Groups > 1 && (tile.Groups & 1) != 0)", "            {"]
    lines += step_lines(rows, 0, "                ", "LoadOneGroup")
    lines += ["            }", "", "            int* c = sums;"]
    for row in range(rows):
        lines += [f"            TLanes.Store(c, {joined(row, steps)});"]
        if row + 1 < rows:
            lines += ["            c += tile.CRow;"]
    lines += ["            panel += tile.BPanel;", "            sums += PackedTile.PanelSums;", "        }"]
    return lines + ["    }", ""]


lines = [
    "// Written by tools/kernels/packed.py; change that and run it again.",
    "using System.Runtime.CompilerServices;",
    "",
    "namespace Sequor.Tensors.Cpu.Simd;",
    "",
    "internal static unsafe partial class PackedMatMulKernels",
    "{",
    "    /// <summary>The most rows of a kernel.</summary>",
    f"    internal const int MaximumRows = {max(STEPS)};",
    "",
    "    /// <summary>The most rows of a kernel that fits into sixteen registers.</summary>",
    f"    internal const int MaximumRowsOfFewRegisters = {max(STEPS_OF_FEW_REGISTERS)};",
    "",
    "    private static void Fill<TLanes, TSums, TWeights, TInputs>(delegate*<in PackedTile, void>* kernels)",
    "        where TLanes : struct, IPackedLanes<TSums, TWeights, TInputs>",
    "        where TSums : struct",
    "        where TWeights : struct",
    "        where TInputs : struct",
    "    {",
]
lines += [f"        kernels[{rows - 1}] = &Rows{rows}<TLanes, TSums, TWeights, TInputs>;" for rows in STEPS]
lines += ["    }", ""]
for rows in STEPS:
    lines += kernel(rows)
FILE.write_text("\n".join(lines[:-1] + ["}", ""]), encoding="utf-8")
