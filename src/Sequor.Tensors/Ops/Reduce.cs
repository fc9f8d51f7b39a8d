using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The sum of all elements, added up in an order fixed by their number.</summary>
    /// <returns>[1]</returns>
    public Tensor Sum()
    {
        Tensor result = Op.Result([1], out bool recorded, this);
        Kernels.Fill(result.Storage, (float)Kernels.Sum(Storage));
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = SumBackward, Unread = TapeValues.All, Output = result, A = this });
        }

        return result;
    }

    /// <summary>The mean of all elements.</summary>
    /// <returns>[1]</returns>
    public Tensor Mean() => Sum().Scale(1f / Shape.Count);

    /// <summary>The sum of each row.</summary>
    /// <returns>[..., 1], where this is [..., D].</returns>
    public Tensor RowSums()
    {
        Tensor result = Op.Result(Shape.WithWidth(1), out bool recorded, this);
        Kernels.RowSums(AsMatrix(), result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = RowSumsBackward, Unread = TapeValues.All, Output = result, A = this });
        }

        return result;
    }

    /// <summary>The sum of each column over all rows.</summary>
    /// <returns>[D], where this is [..., D].</returns>
    public Tensor ColumnSums()
    {
        Tensor result = Op.Result([Shape.Width], out bool recorded, this);
        Kernels.ColumnSums(AsMatrix(), result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ColumnSumsBackward, Unread = TapeValues.All, Output = result, A = this });
        }

        return result;
    }

    // A stride of zero reads the same number again: that is the gradient of a sum.
    private static void SumBackward(in TapeEntry entry, Gradients gradients) =>
        CopyGradient(new Matrix(gradients.Of(entry.Output), entry.A.Shape.Rows, entry.A.Shape.Width, 0, 0), entry.A, gradients);

    private static void RowSumsBackward(in TapeEntry entry, Gradients gradients) =>
        CopyGradient(new Matrix(gradients.Of(entry.Output), entry.A.Shape.Rows, entry.A.Shape.Width, 1, 0), entry.A, gradients);

    private static void ColumnSumsBackward(in TapeEntry entry, Gradients gradients) =>
        CopyGradient(new Matrix(gradients.Of(entry.Output), entry.A.Shape.Rows, entry.A.Shape.Width, 0), entry.A, gradients);
}
