using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>What a kernel asks for of the panel that comes next.</summary>
internal enum PanelAhead
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Two lines for each term.</summary>
    Whole,

    /// <summary>A line for each term.</summary>
    Share,
}

/// <summary>The micro-kernels of one path, and the sizes that suit them. Filled once per process and path, and never freed.</summary>
internal sealed unsafe class MatMulTable
{
    private const int FloatingTypes = 3;

    private static readonly MatMulTable?[] Tables = new MatMulTable?[3 * FloatingTypes];

    private readonly delegate*<in MicroTile, void>* _whole;
    private readonly delegate*<in MicroTile, void>* _ahead;
    private readonly delegate*<in MicroTile, void>* _share;
    private readonly delegate*<in MicroTile, void>* _stream;
    private readonly delegate*<in MicroTile, void>* _edge;

    private MatMulTable(InstructionPath path, WeightType right)
    {
        _whole = (delegate*<in MicroTile, void>*)NativeMemory.Alloc(5 * MatMulKernels.Count, (nuint)sizeof(nint));
        _ahead = _whole + MatMulKernels.Count;
        _share = _ahead + MatMulKernels.Count;
        _stream = _share + MatMulKernels.Count;
        _edge = _stream + MatMulKernels.Count;
        MatMulKernels.Fill(path, right, _whole, _edge);
        MatMulKernels.FillAhead(path, right, _ahead, _share, _stream);
        Path = path;
        RightBytes = right == WeightType.Float32 ? sizeof(float) : sizeof(ushort);
        Width = 4 << (int)path;

        // Two vectors of right-hand side and one of left beside the sums: 24 sums in 32 registers, 12 in 16.
        bool manyRegisters = path == InstructionPath.Avx512 || AdvSimd.IsSupported;
        Rows = manyRegisters ? 12 : 6;
        TallestRows = manyRegisters ? MatMulKernels.MaximumRows : 6;
        WideRows = manyRegisters ? MatMulKernels.MaximumWideRows : 1;
    }

    /// <summary>The table of the path that this process has chosen.</summary>
    internal static MatMulTable Chosen { get; } = Of(InstructionPaths.Chosen);

    /// <summary>The width of the vectors.</summary>
    internal InstructionPath Path { get; }

    /// <summary>Bytes of a number of the right-hand side.</summary>
    internal int RightBytes { get; }

    /// <summary>Floats per vector.</summary>
    internal int Width { get; }

    /// <summary>Columns of two vectors: the unit in which right-hand sides are packed.</summary>
    internal int PanelColumns => 2 * Width;

    /// <summary>The rows that keep the registers full.</summary>
    internal int Rows { get; }

    /// <summary>The most rows that still fit into the registers.</summary>
    internal int TallestRows { get; }

    /// <summary>The most rows for which the kernels of eight vectors fit into the registers.</summary>
    internal int WideRows { get; }

    /// <summary>The table of a path for right-hand sides of a floating-point type; narrow ones must be packed.</summary>
    internal static MatMulTable Of(InstructionPath path, WeightType right = WeightType.Float32)
    {
        // Two threads may both fill one; the tables are equal.
        ref MatMulTable? table = ref Tables[((int)path * FloatingTypes) + (int)right];
        return Volatile.Read(ref table) ?? (table = new MatMulTable(path, right));
    }

    /// <summary>How many kernels a block of rows takes: evenly cut, because 8 + 8 rows are faster than 12 + 4.</summary>
    internal int CountTiles(int rows) =>
        rows <= TallestRows ? 1 :
        rows <= 2 * TallestRows ? 2 : (rows + Rows - 1) / Rows;

    /// <summary>The kernel for a tile.</summary>
    /// <param name="rows">1 to <see cref="TallestRows"/>.</param>
    /// <param name="columns">1 to <see cref="PanelColumns"/>.</param>
    /// <param name="ahead">What it asks for of the next panel.</param>
    /// <param name="lastColumns">The columns of the last vector.</param>
    internal delegate*<in MicroTile, void> Kernel(int rows, int columns, PanelAhead ahead, out int lastColumns)
    {
        int vectors = columns > Width ? 1 : 0;
        lastColumns = columns - (vectors * Width);
        delegate*<in MicroTile, void>* kernels = lastColumns < Width ? _edge
            : ahead == PanelAhead.Whole ? _ahead : ahead == PanelAhead.Share ? _share : _whole;
        return kernels[(vectors * MatMulKernels.MaximumRows) + rows - 1];
    }

    /// <summary>As <see cref="Kernel"/>, asking for what comes soon.</summary>
    internal delegate*<in MicroTile, void> StreamKernel(int rows, int columns, out int lastColumns)
    {
        delegate*<in MicroTile, void> kernel = Kernel(rows, columns, PanelAhead.None, out lastColumns);
        return columns == PanelColumns ? _stream[MatMulKernels.MaximumRows + rows - 1] : kernel;
    }

    /// <summary>The kernel of eight whole vectors.</summary>
    /// <param name="rows">1 to <see cref="WideRows"/>.</param>
    internal delegate*<in MicroTile, void> WideKernel(int rows) => _whole[(2 * MatMulKernels.MaximumRows) + rows - 1];
}
