using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Applies a nonlinear function to every element.</summary>
    /// <param name="activation">The function.</param>
    /// <returns>The same sizes.</returns>
    public Tensor Activate(Activation activation)
    {
        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.Activate(activation, Storage, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ActivateBackward, Unread = TapeValues.Output, Output = result, A = this, Activation = activation });
        }

        return result;
    }

    /// <summary>activation(left half of each row) · right half: a gated linear unit (Shazeer 2020).</summary>
    /// <param name="activation">The gate's function: sigmoid for GLU, SiLU for SwiGLU, GELU for GEGLU, ReLU for ReGLU.</param>
    /// <returns>[..., F], where this is [..., 2F].</returns>
    /// <exception cref="ShapeException">The last size is odd.</exception>
    public Tensor Gate(Activation activation)
    {
        if (Shape.Width % 2 != 0)
        {
            ShapeErrors.CheckWidth("Gate", "the input", Shape, Shape.Width + 1);
        }

        Tensor result = Op.Result(Shape.WithWidth(Shape.Width / 2), out bool recorded, this);
        Kernels.Gate(activation, Storage, result.Storage, result.Shape.Width);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = GateBackward, Unread = TapeValues.Output, Output = result, A = this, Activation = activation });
        }

        return result;
    }

    private static void ActivateBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.ActivateBackward(entry.Activation, entry.A.Storage, gradients.Of(entry.Output), slot, accumulate);
    }

    private static void GateBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.GateBackward(
            entry.Activation, entry.A.Storage, gradients.Of(entry.Output), slot, entry.Output.Shape.Width, accumulate);
    }
}
