using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>exp(x) / Σ exp(x) over each row of the last size. The row's greatest value is subtracted first, so that no size of input overflows.</summary>
    /// <returns>The same sizes.</returns>
    /// <exception cref="ShapeException">There are no elements in a row.</exception>
    public Tensor Softmax()
    {
        CheckRowsHaveElements("Softmax");
        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.Softmax(Storage, result.Storage, Shape.Width);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = SoftmaxBackward, Unread = TapeValues.A, Output = result, A = this });
        }

        return result;
    }

    /// <summary>x - log Σ exp(x) over each row of the last size.</summary>
    /// <returns>The same sizes.</returns>
    /// <exception cref="ShapeException">There are no elements in a row.</exception>
    public Tensor LogSoftmax()
    {
        CheckRowsHaveElements("LogSoftmax");
        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.LogSoftmax(Storage, result.Storage, Shape.Width);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = LogSoftmaxBackward, Unread = TapeValues.A, Output = result, A = this });
        }

        return result;
    }

    private void CheckRowsHaveElements(string operation)
    {
        if (Shape.Width == 0)
        {
            ShapeErrors.CheckWidth(operation, "the input", Shape, 1);
        }
    }

    private static void SoftmaxBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.SoftmaxBackward(entry.Output.Storage, gradients.Of(entry.Output), slot, entry.Output.Shape.Width, accumulate);
    }

    private static void LogSoftmaxBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.LogSoftmaxBackward(entry.Output.Storage, gradients.Of(entry.Output), slot, entry.Output.Shape.Width, accumulate);
    }
}
