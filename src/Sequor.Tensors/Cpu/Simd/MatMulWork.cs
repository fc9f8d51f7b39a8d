using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>One product; an item is a tile of its result.</summary>
internal readonly struct MatMulWork(MatMulTable table, in MatMulOperands operands, in MatMulFinish finish, in MatMulCut cut) : IWork
{
    private readonly MatMulTable _table = table;
    private readonly MatMulOperands _operands = operands;
    private readonly MatMulFinish _finish = finish;
    private readonly MatMulCut _cut = cut;

    public void Run(int item)
    {
        _cut.Tile(item, out int row, out int rows, out int column, out int columns);

        // Of two threads that take turns this one comes to the item after the next; one by itself does soon.
        int after = -1;
        if (_operands.IsPacked && item + 2 < _cut.Count)
        {
            _cut.Tile(item + 2, out _, out _, out after, out _);
        }

        MatMulBlocks.Multiply(_table, _operands, _finish, row, rows, column, columns, after);
    }
}

/// <summary>Packing; an item is a run of panels.</summary>
internal readonly unsafe struct MatMulPackWork(MatMulTable table, in Matrix b, float* packed, int panels, int items) : IWork
{
    private readonly Matrix _b = b;

    public void Run(int item)
    {
        int first = (int)((long)panels * item / items);
        MatMulPack.Panels(table, _b, packed, first, (int)((long)panels * (item + 1) / items) - first);
    }
}

/// <summary>Many small products; an item is a run of them.</summary>
internal readonly struct MatMulBatchWork(
    MatMulTable table, in Matrix a, in Matrix b, in Matrix c, (long A, long B, long C) strides, int batches, int items, bool accumulate) : IWork
{
    private readonly Matrix _a = a;
    private readonly Matrix _b = b;
    private readonly Matrix _c = c;

    public void Run(int item)
    {
        int end = (int)((long)batches * (item + 1) / items);
        for (int batch = (int)((long)batches * item / items); batch < end; batch++)
        {
            MatMul.Tile(
                table, MatMul.From(_a, batch * strides.A), MatMul.From(_b, batch * strides.B), MatMul.From(_c, batch * strides.C), accumulate);
        }
    }
}
