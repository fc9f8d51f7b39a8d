#!/usr/bin/env python3
"""Writes the micro-kernels of the matrix product, src/Sequor.Tensors/Cpu/Simd/MatMulKernels*.g.cs.

Run from the repository's root: python3 tools/kernels/matmul.py

Every accumulator is a named local, because the JIT keeps an array of vectors in memory (a third of the speed).
Rows of the left-hand side are reached by a pointer for each three rows: [p], [p + row], [p + 2 * row] are addressing
modes, so that 12 rows need four pointers.
"""

from pathlib import Path

FOLDER = Path("src/Sequor.Tensors/Cpu/Simd")
MAXIMUM_ROWS = 14
WIDE_ROWS = 3
WIDE_VECTORS = 8

HEAD = """// Written by tools/kernels/matmul.py; change that and run it again.
using System.Runtime.CompilerServices;

namespace Sequor.Tensors.Cpu.Simd;

internal static unsafe partial class MatMulKernels
{
"""


def signature(name):
    return [
        "    [MethodImpl(MethodImplOptions.AggressiveOptimization)]",
        f"    private static void {name}<TLanes, TVector, TMask, TRight, TAhead>(in MicroTile tile)",
        "        where TLanes : struct, ILanes<TVector, TMask>",
        "        where TVector : struct",
        "        where TMask : struct",
        "        where TRight : struct, IMatMulRight<TVector, TMask>",
        "        where TAhead : struct, IReadAhead",
        "    {",
    ]


def accumulator(row, vector):
    return f"c{row}_{vector}"


def left(row):
    return f"a{row - row % 3}" + ["", " + aRow", " + (2 * aRow)"][row % 3]


def tall(rows, vectors):
    """rows x (1 or 2) vectors; the last vector may be an edge."""
    last = vectors - 1

    def loads(pointer, vector):
        if pointer == "b":
            return f"TRight.LoadLast(b{' + rightWidth' if vector else ''}, mask)" if vector == last else "TRight.Load(b)"
        if vector == last:
            return f"TLanes.LoadLast({pointer}{' + width' if vector else ''}, mask)"
        return f"TLanes.Load({pointer})"

    lines = signature(f"Rows{rows}Vectors{vectors}")
    lines += ["        TMask mask = TLanes.Mask(tile.LastColumns);"]
    if vectors == 2:
        lines += ["        int width = TLanes.Count * sizeof(float);", "        int rightWidth = TLanes.Count * TRight.Bytes;"]
        lines += ["        byte* ahead = tile.Ahead;", "        long aheadStep = tile.AheadStep;"]
    lines += body(rows, vectors, loads, lambda pointer, vector: (
        f"TLanes.StoreLast({pointer}{' + width' if vector else ''}, mask, " if vector == last else f"TLanes.Store({pointer}, "))
    return lines


def wide(rows, vectors):
    """rows x 8 whole vectors over four panels, for products with so few rows that two vectors would leave the adders waiting."""

    def place(pointer, vector, panel, width="width"):
        terms = [pointer]
        if vector // 2:
            terms += [f"({vector // 2} * {panel})" if vector // 2 > 1 else panel]
        if vector % 2:
            terms += [width]
        return " + ".join(terms)

    lines = signature(f"Rows{rows}Vectors{vectors}")
    lines += ["        int width = TLanes.Count * sizeof(float);", "        int rightWidth = TLanes.Count * TRight.Bytes;", "        long bPanel = tile.BPanel;", "        long cPanel = 2 * width;"]

    def loads(pointer, vector):
        if pointer == "b":
            return f"TRight.Load({place(pointer, vector, 'bPanel', 'rightWidth')})"
        return f"TLanes.Load({place(pointer, vector, 'cPanel')})"

    def stores(pointer, vector):
        return f"TLanes.Store({place(pointer, vector, 'cPanel')}, "

    return lines + body(rows, vectors, loads, stores)


def body(rows, vectors, loads, stores):
    bases = [f"a{row}" for row in range(0, rows, 3)]
    columns = range(vectors)
    lines = ["        long aRow = tile.ARow;"] if rows > 1 else []
    lines += ["        long aStep = tile.AStep;", "        long bStep = tile.BStep;", "        byte* b = tile.B;"]
    lines += [f"        byte* {base} = " + ("tile.A;" if base == "a0" else f"tile.A + ({base[1:]} * aRow);") for base in bases]
    for row in range(rows):
        lines += ["        TVector " + ", ".join(f"{accumulator(row, v)} = default" for v in columns) + ";"]
    lines += ["        byte* c = tile.C;", "        if (tile.Accumulate)", "        {"]
    for row in range(rows):
        line = " ".join(f"{accumulator(row, v)} = {loads('c', v)};" for v in columns)
        lines += ["            " + line + (" c += tile.CRow;" if row < rows - 1 else "")]
    lines += ["        }", "", "        for (long k = tile.K; k > 0; k--)", "        {"]
    hold_right = vectors <= 2
    if hold_right:
        if vectors == 2:
            lines += ["            TAhead.Ask(ref ahead, aheadStep);"]
        lines += [f"            TVector b{v} = {loads('b', v)};" for v in columns]
        for row in range(rows):
            line = f"{'TVector ' if row == 0 else ''}a = TLanes.Broadcast({left(row)});"
            line += "".join(f" {accumulator(row, v)} = TLanes.MultiplyAdd(a, b{v}, {accumulator(row, v)});" for v in columns)
            lines += ["            " + line]
    else:
        lines += [f"            TVector left{row} = TLanes.Broadcast({left(row)});" for row in range(rows)]
        for v in columns:
            line = f"{'TVector ' if v == 0 else ''}right = {loads('b', v)};"
            line += "".join(f" {accumulator(row, v)} = TLanes.MultiplyAdd(left{row}, right, {accumulator(row, v)});" for row in range(rows))
            lines += ["            " + line]
    lines += ["            b += bStep;"] + [f"            {base} += aStep;" for base in bases]
    lines += ["        }", "", "        c = tile.C;"]
    for row in range(rows):
        line = " ".join(f"{stores('c', v)}{accumulator(row, v)});" for v in columns)
        lines += ["        " + line + (" c += tile.CRow;" if row < rows - 1 else "")]
    return lines + ["    }"]


def table():
    lines = [
        "    /// <summary>The addresses of all kernels of one width: vectors outer, rows inner.</summary>",
        "    private static void Fill<TLanes, TVector, TMask, TRight, TAhead>(delegate*<in MicroTile, void>* kernels)",
        "        where TLanes : struct, ILanes<TVector, TMask>",
        "        where TVector : struct",
        "        where TMask : struct",
        "        where TRight : struct, IMatMulRight<TVector, TMask>",
        "        where TAhead : struct, IReadAhead",
        "    {",
    ]
    for vectors in (1, 2):
        for rows in range(1, MAXIMUM_ROWS + 1):
            place = (vectors - 1) * MAXIMUM_ROWS + rows - 1
            lines += [f"        kernels[{place}] = &Rows{rows}Vectors{vectors}<TLanes, TVector, TMask, TRight, TAhead>;"]
    for rows in range(1, WIDE_ROWS + 1):
        lines += [f"        kernels[{2 * MAXIMUM_ROWS + rows - 1}] = &Rows{rows}Vectors{WIDE_VECTORS}<TLanes, TVector, TMask, TRight, TAhead>;"]
    return lines + ["    }"]


def write(name, methods):
    text = HEAD + "\n\n".join("\n".join(method) for method in methods) + "\n}\n"
    (FOLDER / name).write_text(text)
    print(name, text.count("\n"))


def main():
    write("MatMulKernels.Table.g.cs", [table()] + [wide(rows, WIDE_VECTORS) for rows in range(1, WIDE_ROWS + 1)])
    write("MatMulKernels.One.g.cs", [tall(rows, 1) for rows in range(1, 10)])
    write("MatMulKernels.OneTall.g.cs", [tall(rows, 1) for rows in range(10, MAXIMUM_ROWS + 1)])
    write("MatMulKernels.Two.g.cs", [tall(rows, 2) for rows in range(1, 10)])
    write("MatMulKernels.TwoTall.g.cs", [tall(rows, 2) for rows in range(10, MAXIMUM_ROWS + 1)])


main()
