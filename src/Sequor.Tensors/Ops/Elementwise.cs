using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Adds element by element.</summary>
    /// <param name="other">[...], the same sizes as this.</param>
    /// <returns>[...], the same sizes.</returns>
    /// <exception cref="ShapeException">The sizes differ.</exception>
    public Tensor Add(Tensor other)
    {
        ShapeErrors.CheckSame("Add", Shape, other.Shape);
        Tensor result = Op.Result(Shape, out bool recorded, this, other);
        Kernels.Add(Storage, other.Storage, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = AddBackward, Unread = TapeValues.All, Output = result, A = this, B = other });
        }

        return result;
    }

    /// <summary>Multiplies element by element.</summary>
    /// <param name="other">[...], the same sizes as this.</param>
    /// <returns>[...], the same sizes.</returns>
    /// <exception cref="ShapeException">The sizes differ.</exception>
    public Tensor Multiply(Tensor other)
    {
        ShapeErrors.CheckSame("Multiply", Shape, other.Shape);
        Tensor result = Op.Result(Shape, out bool recorded, this, other);
        Kernels.Multiply(Storage, other.Storage, result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = MultiplyBackward, Unread = TapeValues.Output, Output = result, A = this, B = other });
        }

        return result;
    }

    /// <summary>Multiplies every element by one number.</summary>
    /// <param name="factor">The number.</param>
    /// <returns>The same sizes.</returns>
    public Tensor Scale(float factor)
    {
        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.Scale(Storage, factor, result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ScaleBackward, Unread = TapeValues.All, Output = result, A = this, Factor = factor });
        }

        return result;
    }

    internal static void UseBackward(in TapeEntry entry, Gradients gradients) => PassOn(entry.A, 1, entry.Output, gradients);

    private static void AddBackward(in TapeEntry entry, Gradients gradients)
    {
        PassOn(entry.A, 1, entry.Output, gradients);
        PassOn(entry.B, 1, entry.Output, gradients);
    }

    private static void ScaleBackward(in TapeEntry entry, Gradients gradients) => PassOn(entry.A, entry.Factor, entry.Output, gradients);

    private static void MultiplyBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dy = gradients.Of(entry.Output);
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            entry.Output.Kernels.Multiply(dy, entry.B.Storage, slot, accumulate);
        }

        if (Gradients.Wants(entry.B))
        {
            Storage<float> slot = gradients.Slot(entry.B, out bool accumulate);
            entry.Output.Kernels.Multiply(dy, entry.A.Storage, slot, accumulate);
        }
    }

    /// <summary>Adds factor × the output's gradient to an input's gradient.</summary>
    private static void PassOn(Tensor input, float factor, Tensor output, Gradients gradients)
    {
        if (Gradients.Wants(input))
        {
            Storage<float> slot = gradients.Slot(input, out bool accumulate);
            output.Kernels.Scale(gradients.Of(output), factor, slot, accumulate);
        }
    }
}
