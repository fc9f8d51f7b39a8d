using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Gives each row mean 0 and variance 1, then scales and shifts it (Ba et al. 2016).</summary>
    /// <param name="gain">[D], where this is [..., D].</param>
    /// <param name="bias">[D].</param>
    /// <param name="epsilon">Added to the variance, above 0.</param>
    /// <returns>The same sizes.</returns>
    /// <exception cref="ShapeException">Gain or bias is not as wide as the rows.</exception>
    public Tensor LayerNorm(Tensor gain, Tensor bias, float epsilon = 1e-5f)
    {
        ShapeErrors.CheckSame("LayerNorm's gain", gain.Shape, [Shape.Width]);
        ShapeErrors.CheckSame("LayerNorm's bias", bias.Shape, [Shape.Width]);
        Tensor result = Op.Result(Shape, out bool recorded, this, gain, bias);
        Storage<float> statistics = Op.Saved(recorded, result, 2L * Shape.Rows);
        Kernels.LayerNorm(Storage, gain.Storage, bias.Storage, epsilon, result.Storage, statistics, Shape.Width);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = LayerNormBackward,
                Unread = TapeValues.C | TapeValues.Output,
                Output = result,
                A = this,
                B = gain,
                C = bias,
                Saved = statistics,
                OwnsSaved = true,
            });
        }

        return result;
    }

    /// <summary>Divides each row by the root of its mean square, then scales it (Zhang and Sennrich 2019).</summary>
    /// <param name="gain">[D], where this is [..., D].</param>
    /// <param name="epsilon">Added to the mean square, above 0.</param>
    /// <returns>The same sizes.</returns>
    /// <exception cref="ShapeException">The gain is not as wide as the rows.</exception>
    public Tensor RmsNorm(Tensor gain, float epsilon = 1e-6f)
    {
        ShapeErrors.CheckSame("RmsNorm's gain", gain.Shape, [Shape.Width]);
        Tensor result = Op.Result(Shape, out bool recorded, this, gain);
        Storage<float> statistics = Op.Saved(recorded, result, Shape.Rows);
        Kernels.RmsNorm(Storage, gain.Storage, epsilon, result.Storage, statistics, Shape.Width);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = RmsNormBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = gain,
                Saved = statistics,
                OwnsSaved = true,
            });
        }

        return result;
    }

    private static void LayerNormBackward(in TapeEntry entry, Gradients gradients)
    {
        bool accumulate = false;
        Storage<float> dx = Gradients.Wants(entry.A) ? gradients.Slot(entry.A, out accumulate) : default;
        entry.Output.Kernels.LayerNormBackward(
            entry.A.Storage, entry.B.Storage, entry.Saved, gradients.Of(entry.Output), dx, accumulate,
            AddedTo(entry.B, gradients), AddedTo(entry.C, gradients), entry.A.Shape.Width);
    }

    private static void RmsNormBackward(in TapeEntry entry, Gradients gradients)
    {
        bool accumulate = false;
        Storage<float> dx = Gradients.Wants(entry.A) ? gradients.Slot(entry.A, out accumulate) : default;
        entry.Output.Kernels.RmsNormBackward(
            entry.A.Storage, entry.B.Storage, entry.Saved, gradients.Of(entry.Output), dx, accumulate,
            AddedTo(entry.B, gradients), entry.A.Shape.Width);
    }

    /// <summary>A gradient slot for a kernel that only adds: zeroed when this is its first contribution; empty when nobody wants it.</summary>
    internal static Storage<float> AddedTo(Tensor tensor, Gradients gradients)
    {
        if (!Gradients.Wants(tensor))
        {
            return default;
        }

        Storage<float> slot = gradients.Slot(tensor, out bool accumulate);
        if (!accumulate)
        {
            tensor.Kernels.Fill(slot, 0);
        }

        return slot;
    }
}
