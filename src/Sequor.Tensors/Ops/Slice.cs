using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Some of the columns of each row.</summary>
    /// <param name="start">The first column.</param>
    /// <param name="count">How many columns.</param>
    /// <returns>[..., count]</returns>
    /// <exception cref="ShapeException">The columns lie outside the rows.</exception>
    public Tensor Columns(int start, int count)
    {
        if (start < 0 || count < 0 || start > Shape.Width - count)
        {
            ShapeErrors.OutOfRange("Columns", "the range", start, count, Shape.Width);
        }

        Tensor result = Op.Result(Shape.WithWidth(count), out bool recorded, this);
        Kernels.CopyMatrix(AsMatrix().ColumnRange(start, count), result.AsMatrix(), false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ColumnsBackward, Unread = TapeValues.All, Output = result, A = this, First = start });
        }

        return result;
    }

    /// <summary>Puts the columns of another tensor to the right of this one's.</summary>
    /// <param name="right">[..., E], as many rows as this.</param>
    /// <returns>[..., D + E], where this is [..., D].</returns>
    /// <exception cref="ShapeException">The numbers of rows differ.</exception>
    public Tensor Concatenate(Tensor right)
    {
        ShapeErrors.CheckRows("Concatenate", "the right side", right.Shape, Shape.Rows);
        Tensor result = Op.Result(Shape.WithWidth(Shape.Width + right.Shape.Width), out bool recorded, this, right);
        Kernels.CopyMatrix(AsMatrix(), result.AsMatrix().ColumnRange(0, Shape.Width), false);
        Kernels.CopyMatrix(right.AsMatrix(), result.AsMatrix().ColumnRange(Shape.Width, right.Shape.Width), false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ConcatenateBackward, Unread = TapeValues.All, Output = result, A = this, B = right });
        }

        return result;
    }

    /// <summary>Rows and columns exchanged.</summary>
    /// <returns>[N, M], where this is [M, N].</returns>
    /// <exception cref="ShapeException">There are not two sizes.</exception>
    public Tensor Transpose()
    {
        ShapeErrors.CheckRank("Transpose", "the input", Shape, 2);
        Tensor result = Op.Result([Shape[1], Shape[0]], out bool recorded, this);
        Kernels.CopyMatrix(AsMatrix().Transposed, result.AsMatrix(), false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = TransposeBackward, Unread = TapeValues.All, Output = result, A = this });
        }

        return result;
    }

    private static void ColumnsBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = AddedTo(entry.A, gradients);
        var whole = new Matrix(slot, entry.A.Shape.Rows, entry.A.Shape.Width);
        entry.Output.Kernels.CopyMatrix(
            GradientMatrix(entry.Output, gradients), whole.ColumnRange(entry.First, entry.Output.Shape.Width), true);
    }

    private static void ConcatenateBackward(in TapeEntry entry, Gradients gradients)
    {
        Matrix dy = GradientMatrix(entry.Output, gradients);
        CopyGradient(dy.ColumnRange(0, entry.A.Shape.Width), entry.A, gradients);
        CopyGradient(dy.ColumnRange(entry.A.Shape.Width, entry.B.Shape.Width), entry.B, gradients);
    }

    private static void TransposeBackward(in TapeEntry entry, Gradients gradients) =>
        CopyGradient(GradientMatrix(entry.Output, gradients).Transposed, entry.A, gradients);

    private static Matrix GradientMatrix(Tensor output, Gradients gradients) =>
        new(gradients.Of(output), output.Shape.Rows, output.Shape.Width);

    private static void CopyGradient(in Matrix dy, Tensor input, Gradients gradients)
    {
        if (Gradients.Wants(input))
        {
            Storage<float> slot = gradients.Slot(input, out bool accumulate);
            input.Kernels.CopyMatrix(dy, new Matrix(slot, input.Shape.Rows, input.Shape.Width), accumulate);
        }
    }
}
