using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>A product as addresses and steps in bytes, the right-hand side as panels of two vectors: packed, or where it lies when its columns are neighbours.</summary>
internal readonly unsafe struct MatMulOperands
{
    internal readonly byte* A;
    internal readonly long ARow;
    internal readonly long AStep;
    internal readonly byte* B;
    internal readonly long BStep;
    internal readonly long BPanel;
    internal readonly byte* C;
    internal readonly long CRow;
    internal readonly int K;
    internal readonly bool Accumulate;

    private MatMulOperands(in Matrix a, in Matrix c, bool accumulate, byte* b, long bStep, long bPanel)
    {
        A = (byte*)a.Storage.Address;
        ARow = a.RowStride * sizeof(float);
        AStep = a.ColumnStride * sizeof(float);
        B = b;
        BStep = bStep;
        BPanel = bPanel;
        C = (byte*)c.Storage.Address;
        CRow = c.RowStride * sizeof(float);
        K = a.Columns;
        Accumulate = accumulate;
    }

    /// <summary>Reads the right-hand side where it lies; its column stride must be 1.</summary>
    internal static MatMulOperands InPlace(MatMulTable table, in Matrix a, in Matrix b, in Matrix c, bool accumulate) =>
        new(a, c, accumulate, (byte*)b.Storage.Address, b.RowStride * sizeof(float), table.PanelColumns * sizeof(float));

    /// <summary>Reads a right-hand side that <see cref="MatMulPack"/> has laid out.</summary>
    internal static MatMulOperands Packed(MatMulTable table, in Matrix a, float* packed, in Matrix c, bool accumulate)
    {
        long step = table.PanelColumns * sizeof(float);
        return new(a, c, accumulate, (byte*)packed, step, step * a.Columns);
    }
}
