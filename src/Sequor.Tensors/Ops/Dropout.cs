using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>residual + x, where elements of x are dropped with a probability and the others divided by 1 - p (Srivastava et al. 2014).
    /// Nothing is dropped in a step without dropout.</summary>
    /// <param name="probability">0 (inclusive) to 1 (exclusive).</param>
    /// <param name="layout">The sentences whose rows these are: the choice is keyed by seed, update, sentence, position and layer.</param>
    /// <param name="residual">[N, D], the same sizes as this; or none.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout, or the residual has other sizes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of its range.</exception>
    public Tensor Dropout(float probability, SequenceLayout layout, Tensor residual = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("Dropout", "the input", Shape, layout.Rows);
        if (!residual.IsNone)
        {
            ShapeErrors.CheckSame("Dropout's residual", Shape, residual.Shape);
        }

        DropoutMask mask = MaskFor(probability, layout);
        if (mask.KeepsAll)
        {
            return residual.IsNone ? this : residual.Add(this);
        }

        Tensor result = Op.Result(Shape, out bool recorded, this, residual);
        Kernels.Dropout(Storage, residual.IsNone ? default : residual.Storage, result.Storage, Shape.Width, mask);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = DropoutBackward, Unread = TapeValues.All, Output = result, A = this, B = residual, Mask = mask });
        }

        return result;
    }

    /// <summary>The mask of the next place that drops elements; a mask that keeps all takes no place, so that models without dropout keep their keys.</summary>
    internal static DropoutMask MaskFor(float probability, SequenceLayout layout)
    {
        if (!(probability is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The chance that an element is dropped must be 0 or more and below 1.");
        }

        return layout.Step.Options.Dropout && probability > 0
            ? new DropoutMask(layout.RowKeys, layout.Step.NextDropoutSite(), probability)
            : default;
    }

    private static void DropoutBackward(in TapeEntry entry, Gradients gradients)
    {
        PassOn(entry.B, 1, entry.Output, gradients);
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            entry.Output.Kernels.DropoutBackward(gradients.Of(entry.Output), slot, entry.Output.Shape.Width, entry.Mask, accumulate);
        }
    }
}
