using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Some of the rows. Nothing is copied or recorded: gradients flow into the same rows of this tensor's gradient.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many rows, 0 or more.</param>
    /// <returns>[count, D], where this is [..., D].</returns>
    /// <exception cref="ShapeException">The rows lie outside the tensor.</exception>
    public Tensor RowRange(int start, int count)
    {
        if (start < 0 || count < 0 || start > Shape.Rows - count)
        {
            ShapeErrors.OutOfRange("RowRange", "the range", start, count, Shape.Rows);
        }

        int width = Shape.Width;
        return new Tensor(Owner, _generation, Storage.Slice((long)start * width, (long)count * width), [count, width], Node, _place);
    }

    /// <summary>The same numbers as a constant: no gradient flows through. Memory is shared, except that of weights, which are copied.</summary>
    /// <returns>[...], the same sizes.</returns>
    public Tensor Detach() => Owner.AsParameter is not null ? Keep() : new Tensor(Owner, _generation, Storage, Shape, NoNode, _place);

    /// <summary>The rows of many tensors, one after the other.</summary>
    /// <param name="parts">At least one tensor [R, D] with any number of rows, one of them made in a step.</param>
    /// <returns>[the sum of all R, D]</returns>
    /// <exception cref="ArgumentException">There is no part.</exception>
    /// <exception cref="ShapeException">The widths differ.</exception>
    public static Tensor StackRows(ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("StackRows needs at least one tensor; none was given.", nameof(parts));
        }

        int rows = 0;
        Step? step = null;
        bool wanted = false;
        foreach (Tensor part in parts)
        {
            ShapeErrors.CheckWidth("StackRows", "a part", part.Shape, parts[0].Shape.Width);
            rows = checked(rows + part.Shape.Rows);
            step = Op.StepOf(step, part);
            wanted |= Gradients.Wants(part);
        }

        Shape shape = [rows, parts[0].Shape.Width];
        bool recorded = wanted && step is { Options.RecordGradients: true };
        Tensor result = step is null ? Kept(shape, parts[0].Device) : step.Allocate(shape, recorded);
        int row = 0;
        foreach (Tensor part in parts)
        {
            step?.Borrow(part);
            result.Kernels.Copy(part.Storage, result.RowRange(row, part.Shape.Rows).Storage);
            row += part.Shape.Rows;
        }

        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = StackRowsBackward, Unread = TapeValues.All, Output = result, Details = parts.ToArray() });
        }

        return result;
    }

    private static void StackRowsBackward(in TapeEntry entry, Gradients gradients)
    {
        Matrix dy = GradientMatrix(entry.Output, gradients);
        int row = 0;
        foreach (Tensor part in (Tensor[])entry.Details!)
        {
            CopyGradient(dy.RowRange(row, part.Shape.Rows), part, gradients);
            row += part.Shape.Rows;
        }
    }
}
