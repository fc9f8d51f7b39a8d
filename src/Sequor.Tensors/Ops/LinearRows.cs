using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Some columns of <see cref="Linear"/>, with its bits: a large vocabulary can be gone through in chunks. For inference only.</summary>
    /// <param name="weight">[out, in], where this tensor is [..., in].</param>
    /// <param name="bias">[out], or none.</param>
    /// <param name="firstRow">The first row of the weight. Multiples of 64 are read where they lie; others are copied once.</param>
    /// <param name="rows">How many rows, 1 or more.</param>
    /// <returns>[..., rows]</returns>
    /// <exception cref="ShapeException">The sizes do not fit each other, or the rows do not lie within the weight.</exception>
    /// <exception cref="InvalidOperationException">The step records gradients.</exception>
    public Tensor LinearRows(Tensor weight, Tensor bias, int firstRow, int rows)
    {
        CheckLinear("LinearRows", weight.Shape, bias);
        if (firstRow < 0 || rows < 1 || firstRow > weight.Shape[0] - rows)
        {
            ShapeErrors.OutOfRange("LinearRows", "the weight's rows", firstRow, rows, weight.Shape[0]);
        }

        Tensor result = Op.Result(Shape.WithWidth(rows), out bool recorded, this, weight, bias);
        LifetimeErrors.CheckNotRecorded("LinearRows", recorded);
        var epilogue = new Epilogue(bias.IsNone ? default : bias.Storage.Slice(firstRow, rows));
        new WeightProduct(weight, firstRow, rows).Run(Kernels, AsMatrix(), result.AsMatrix(), false, epilogue);
        return result;
    }

    /// <summary>x · weightᵀ + bias with a weight that is packed already, such as a selection of a vocabulary. For inference only.</summary>
    /// <param name="weight">[out, in], where this tensor is [..., in].</param>
    /// <param name="bias">[out], or none.</param>
    /// <returns>[..., out]</returns>
    /// <exception cref="ShapeException">The last size is not in, or the bias has not out elements.</exception>
    /// <exception cref="InvalidOperationException">The step records gradients.</exception>
    public Tensor LinearPacked(PackedWeight weight, Tensor bias = default)
    {
        ArgumentNullException.ThrowIfNull(weight);
        CheckLinear("LinearPacked", weight.Shape, bias);
        Tensor result = Op.Result(Shape.WithWidth(weight.Shape[0]), out bool recorded, this, bias);
        LifetimeErrors.CheckNotRecorded("LinearPacked", recorded);
        Kernels.MatMulPacked(AsMatrix(), weight.Matrix, result.AsMatrix(), false, new Epilogue(bias.IsNone ? default : bias.Storage));
        GC.KeepAlive(weight);
        return result;
    }

    private void CheckLinear(string operation, Shape weight, Tensor bias)
    {
        ShapeErrors.CheckRank(operation, "the weight", weight, 2);
        ShapeErrors.CheckWidth(operation, "the input", Shape, weight.Width);
        if (!bias.IsNone)
        {
            ShapeErrors.CheckSame(operation, "bias", bias.Shape, [weight[0]]);
        }
    }
}
