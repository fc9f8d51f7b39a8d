using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Turns pairs of columns of each head by an angle that grows with the position in the sentence (Su et al. 2021), so that the
    /// product of two rows depends on their distance.</summary>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <param name="heads">The number of heads among the turned columns.</param>
    /// <param name="columns">How many columns are turned, from the left; the others are copied.</param>
    /// <param name="wavelengthBase">The base of the wavelengths, above 1; 10,000 in the paper.</param>
    /// <returns>[N, D], the same sizes.</returns>
    /// <exception cref="ShapeException">The columns are not a multiple of twice the heads.</exception>
    public Tensor Rotate(SequenceLayout layout, int heads, int columns, float wavelengthBase = 10_000)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("Rotate", "the input", Shape, layout.Rows);
        if (heads < 1 || columns % (2 * heads) != 0 || columns > Shape.Width)
        {
            ShapeErrors.HeadsDoNotDivide(columns, 2 * heads);
        }

        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.Copy(Storage, result.Storage);
        Matrix turned = result.AsMatrix().ColumnRange(0, columns);
        Kernels.Rotate(turned, turned, layout.Positions, columns / heads, wavelengthBase, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = RotateBackward,
                Unread = TapeValues.All,
                Output = result,
                A = this,
                Ids = layout.Positions,
                First = columns,
                Second = columns / heads,
                Factor = wavelengthBase,
            });
        }

        return result;
    }

    private static void RotateBackward(in TapeEntry entry, Gradients gradients)
    {
        Matrix dy = GradientMatrix(entry.Output, gradients);
        Matrix turned = dy.ColumnRange(0, entry.First);
        entry.Output.Kernels.Rotate(turned, turned, entry.Ids, entry.Second, entry.Factor, true);
        PassOn(entry.A, 1, entry.Output, gradients);
    }
}
