using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public int PackedPanel(WeightType type) => Plain.PackedWeights.Panel(type, Table.PanelColumns);

    public long PackedBytes(WeightType type, int rows, int columns) => Plain.PackedWeights.Bytes(type, rows, columns, Table.PanelColumns);

    public void PackWeight(in Matrix weight, in PackedMatrix target)
    {
        if (target.Type == WeightType.Float32)
        {
            Pack(weight.Transposed, FloatsOf(target));
        }
        else
        {
            Simd.PackedWeights.Pack(_pool, weight, target, Table.PanelColumns);
        }
    }

    public void GatherPacked(in PackedMatrix table, Storage<int> ids, float scale, Storage<float> y) =>
        Simd.PackedWeights.Gather(_pool, table, ids, scale, y, Table.PanelColumns);

    public void SelectPacked(in PackedMatrix from, Storage<int> rows, in PackedMatrix target) =>
        Simd.PackedWeights.Select(_pool, from, rows, target, Table.PanelColumns);

    public void MatMulPacked(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        if (WeightTypes.IsInteger(b.Type))
        {
            Simd.PackedMatMul.Integers(PackedMatMulTable.Of(_path, b.Type), _pool, a, b, c, accumulate, epilogue);
        }
        else
        {
            Simd.MatMul.RunPacked(MatMulTable.Of(_path, b.Type), _pool, a, b.Values.Address, c, accumulate, epilogue);
        }
    }

    /// <summary>Panels of float32 are what <see cref="MatMulPack"/> lays out.</summary>
    private static Storage<float> FloatsOf(in PackedMatrix matrix) => new(matrix.Values.Address, matrix.Values.Length / sizeof(float));
}
