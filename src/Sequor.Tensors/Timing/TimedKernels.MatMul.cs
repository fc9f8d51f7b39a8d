using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void MatMul(in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        long start = KernelClock.Now;
        _kernels.MatMul(a, b, c, accumulate, epilogue);
        ProductRole role = a.ColumnStride != 1 ? ProductRole.WeightGradient
            : b.ColumnStride != 1 ? ProductRole.Forward
            : ProductRole.InputGradient;
        _clock.AddProducts(start, role, (c.Rows, c.Columns, a.Columns), 1, accumulate);
    }

    public long PackedLength(int k, int n) => _kernels.PackedLength(k, n);

    public void Pack(in Matrix b, Storage<float> packed)
    {
        long start = KernelClock.Now;
        _kernels.Pack(b, packed);
        _clock.Add(start, Count(b) + packed.Length);
    }

    public void MatMulPacked(in Matrix a, Storage<float> packedB, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        long start = KernelClock.Now;
        _kernels.MatMulPacked(a, packedB, c, accumulate, epilogue);
        _clock.AddProducts(start, ProductRole.Forward, (c.Rows, c.Columns, a.Columns), 1, accumulate);
    }

    public void MatMulBatched(in Matrix a, in Matrix b, in Matrix c, int batches, long aStride, long bStride, long cStride, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.MatMulBatched(a, b, c, batches, aStride, bStride, cStride, accumulate);
        _clock.AddProducts(start, ProductRole.Batched, (c.Rows, c.Columns, a.Columns), batches, accumulate);
    }
}
