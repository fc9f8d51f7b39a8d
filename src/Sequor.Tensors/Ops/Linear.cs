using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>activation(x · weightᵀ + bias), or activation(addTo + x · weightᵀ + bias): a dense layer.</summary>
    /// <param name="weight">[out, in], where this tensor is [..., in].</param>
    /// <param name="bias">[out], or none.</param>
    /// <param name="activation">What each element goes through last.</param>
    /// <param name="addTo">What the product is added to, [..., out], or none: sums of several products need no pass of their own. Each element starts from it,
    /// so its bits are those of one product over both runs of terms, not those of a sum of two results.</param>
    /// <returns>[..., out]</returns>
    /// <exception cref="ShapeException">The last size is not in, the bias has not out elements, or what is added to has other sizes than the result.</exception>
    public Tensor Linear(Tensor weight, Tensor bias = default, Activation activation = Activation.None, Tensor addTo = default)
    {
        CheckLinear("Linear", weight.Shape, bias);
        Tensor result = Op.Result(Shape.WithWidth(weight.Shape[0]), out bool recorded, this, weight, bias, addTo);
        if (!addTo.IsNone)
        {
            ShapeErrors.CheckSame("Linear's sum", addTo.Shape, result.Shape);
            Kernels.Copy(addTo.Storage, result.Storage);
        }

        // The sign of a rectified result is the sign of what went in: its gradient needs nothing else.
        bool isTellingSign = activation == Activation.Relu;
        Storage<float> before = Op.Saved(recorded && activation != Activation.None && !isTellingSign, result, result.Shape.Count);
        var epilogue = new Epilogue(bias.IsNone ? default : bias.Storage, activation, before);
        new WeightProduct(weight).Run(Kernels, AsMatrix(), result.AsMatrix(), !addTo.IsNone, epilogue);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = LinearBackward,
                Unread = TapeValues.C | TapeValues.D | (isTellingSign ? TapeValues.None : TapeValues.Output),
                Output = result,
                A = this,
                B = weight,
                C = bias,
                D = addTo,
                Saved = before,
                OwnsSaved = true,
                Activation = activation,
            });
        }

        return result;
    }

    private static void LinearBackward(in TapeEntry entry, Gradients gradients)
    {
        IKernels kernels = entry.Output.Kernels;
        Storage<float> flowing = gradients.Of(entry.Output);
        if (entry.Activation != Activation.None)
        {
            kernels.ActivateBackward(entry.Activation, entry.Saved.IsEmpty ? entry.Output.Storage : entry.Saved, flowing, flowing, false);
        }

        PassOn(entry.D, 1, entry.Output, gradients);
        var dy = new Matrix(flowing, entry.Output.Shape.Rows, entry.Output.Shape.Width);
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            kernels.MatMul(dy, entry.B.AsMatrix(), new Matrix(slot, entry.A.Shape.Rows, entry.A.Shape.Width), accumulate, default);
        }

        if (Gradients.Wants(entry.B))
        {
            Storage<float> slot = gradients.Slot(entry.B, out bool accumulate);
            kernels.MatMul(dy.Transposed, entry.A.AsMatrix(), new Matrix(slot, entry.B.Shape.Rows, entry.B.Shape.Width), accumulate, default);
        }

        if (Gradients.Wants(entry.C))
        {
            Storage<float> slot = gradients.Slot(entry.C, out bool accumulate);
            kernels.ColumnSums(dy, slot, accumulate);
        }
    }
}
