using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void MatMul(in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        Plain.MatMul.Run(a, b, c, accumulate, epilogue);

    public long PackedLength(int k, int n) => (long)k * n;

    public void Pack(in Matrix b, Storage<float> packed) => Plain.MatMul.Pack(b, packed.Span);

    public void MatMulPacked(in Matrix a, Storage<float> packedB, in Matrix c, bool accumulate, in Epilogue epilogue) =>
        Plain.MatMul.Run(a, new Matrix(packedB, a.Columns, c.Columns), c, accumulate, epilogue);

    public void MatMulBatched(in Matrix a, in Matrix b, in Matrix c, int batches, long aStride, long bStride, long cStride, bool accumulate) =>
        Plain.MatMul.Batched(a, b, c, batches, aStride, bStride, cStride, accumulate);
}
