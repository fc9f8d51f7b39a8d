using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    private MatMulTable Table => MatMulTable.Of(_path);

    public void MatMul(in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        Simd.MatMul.Run(Table, _pool, a, b, c, accumulate, epilogue);

    public long PackedLength(int k, int n) => MatMulPack.Length(Table, k, n);

    public void Pack(in Matrix b, Storage<float> packed) => Simd.MatMul.Pack(Table, _pool, b, packed);

    public void MatMulPacked(in Matrix a, Storage<float> packedB, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        Simd.MatMul.RunPacked(Table, _pool, a, packedB.Address, c, accumulate, epilogue);

    public void MatMulBatched(in Matrix a, in Matrix b, in Matrix c, int batches, long aStride, long bStride, long cStride, bool accumulate) =>
        Simd.MatMul.Batched(Table, _pool, a, b, c, batches, (aStride, bStride, cStride), accumulate);
}
