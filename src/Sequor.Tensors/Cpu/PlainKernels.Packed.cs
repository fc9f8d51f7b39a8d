using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public int PackedPanel(WeightType type) => PackedWeights.Panel(type, PackedWeights.FloatPanel);

    public long PackedBytes(WeightType type, int rows, int columns) => PackedWeights.Bytes(type, rows, columns, PackedWeights.FloatPanel);

    public void PackWeight(in Matrix weight, in PackedMatrix target) => PackedWeights.Pack(weight, target, PackedWeights.FloatPanel);

    public void GatherPacked(in PackedMatrix table, Storage<int> ids, float scale, Storage<float> y) =>
        PackedWeights.Gather(table, ids.Span, scale, y.Span, PackedWeights.FloatPanel);

    public void SelectPacked(in PackedMatrix from, Storage<int> rows, in PackedMatrix target) =>
        PackedWeights.Select(from, rows.Span, target, PackedWeights.FloatPanel);

    public void MatMulPacked(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        PackedMatMul.Run(a, b, c, accumulate, epilogue, PackedWeights.FloatPanel);
}
