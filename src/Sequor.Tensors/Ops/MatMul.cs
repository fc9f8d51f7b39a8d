using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The matrix product of this tensor and another; with three sizes, one product per batch.</summary>
    /// <param name="right">[K, N], or [batch, K, N], where this is [M, K], or [batch, M, K].</param>
    /// <returns>[M, N], or [batch, M, N].</returns>
    /// <exception cref="ShapeException">The inner sizes or the batches differ.</exception>
    public Tensor MatMul(Tensor right)
    {
        Shape a = Shape;
        Shape b = right.Shape;
        if (a.Rank is not (2 or 3) || b.Rank != a.Rank || a.Width != b[b.Rank - 2] || (a.Rank == 3 && a[0] != b[0]))
        {
            ShapeErrors.InnerSizesDiffer(a, b);
        }

        Shape shape = a.WithWidth(b.Width);
        Tensor result = Op.Result(shape, out bool recorded, this, right);
        BatchedProduct(Kernels, Batched(Storage, a), Batched(right.Storage, b), Batched(result.Storage, shape), false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = MatMulBackward, Unread = TapeValues.Output, Output = result, A = this, B = right });
        }

        return result;
    }

    private static void MatMulBackward(in TapeEntry entry, Gradients gradients)
    {
        IKernels kernels = entry.Output.Kernels;
        (Matrix Matrix, int Count) dy = Batched(gradients.Of(entry.Output), entry.Output.Shape);
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            (Matrix Matrix, int Count) b = Batched(entry.B.Storage, entry.B.Shape);
            BatchedProduct(kernels, dy, (b.Matrix.Transposed, b.Count), Batched(slot, entry.A.Shape), accumulate);
        }

        if (Gradients.Wants(entry.B))
        {
            Storage<float> slot = gradients.Slot(entry.B, out bool accumulate);
            (Matrix Matrix, int Count) a = Batched(entry.A.Storage, entry.A.Shape);
            BatchedProduct(kernels, (a.Matrix.Transposed, a.Count), dy, Batched(slot, entry.B.Shape), accumulate);
        }
    }

    private static (Matrix Matrix, int Count) Batched(Storage<float> storage, Shape shape) =>
        (new Matrix(storage, shape[shape.Rank - 2], shape.Width), shape.Rank == 3 ? shape[0] : 1);

    private static void BatchedProduct(
        IKernels kernels, (Matrix Matrix, int Count) a, (Matrix Matrix, int Count) b, (Matrix Matrix, int Count) c, bool accumulate) =>
        kernels.MatMulBatched(
            a.Matrix, b.Matrix, c.Matrix, a.Count,
            (long)a.Matrix.Rows * a.Matrix.Columns, (long)b.Matrix.Rows * b.Matrix.Columns, (long)c.Matrix.Rows * c.Matrix.Columns, accumulate);
}
