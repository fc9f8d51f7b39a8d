using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    private static readonly string[] ProductNames = [.. WeightTypes.Names.Select((type, i) => i == 0 ? "MatMulPacked" : $"MatMulPacked {type}")];

    public int PackedPanel(WeightType type) => _kernels.PackedPanel(type);

    public long PackedBytes(WeightType type, int rows, int columns) => _kernels.PackedBytes(type, rows, columns);

    public void PackWeight(in Matrix weight, in PackedMatrix target)
    {
        long start = KernelClock.Now;
        _kernels.PackWeight(weight, target);
        _clock.Add(start, Count(weight) + Floats(target.Bytes));
    }

    public void GatherPacked(in PackedMatrix table, Storage<int> ids, float scale, Storage<float> y)
    {
        long start = KernelClock.Now;
        _kernels.GatherPacked(table, ids, scale, y);
        _clock.Add(start, 2 * y.Length);
    }

    public void SelectPacked(in PackedMatrix from, Storage<int> rows, in PackedMatrix target)
    {
        long start = KernelClock.Now;
        _kernels.SelectPacked(from, rows, target);
        _clock.Add(start, 2 * Floats(target.Bytes));
    }

    public void MatMulPacked(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        long start = KernelClock.Now;
        _kernels.MatMulPacked(a, b, c, accumulate, epilogue);
        _clock.AddPackedProduct(
            start, ProductRole.Forward, (c.Rows, c.Columns, a.Columns), accumulate, Floats(b.Bytes), ProductNames[(int)b.Type]);
    }

    /// <summary>Bytes as the floats that would take as many.</summary>
    private static long Floats(long bytes) => bytes / sizeof(float);
}
