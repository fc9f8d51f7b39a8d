using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Ops;

/// <summary>The product with some rows of a weight, laid out for it where the weight is a parameter.</summary>
internal readonly struct WeightProduct
{
    private readonly PackedMatrix _packed;
    private readonly Matrix _weight;
    private readonly bool _isPacked;

    /// <summary>Prepares a product with all rows.</summary>
    internal WeightProduct(Tensor weight)
        : this(weight, 0, weight.Shape[0])
    {
    }

    /// <summary>Prepares a product.</summary>
    /// <param name="weight">[N, K].</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">How many rows.</param>
    internal WeightProduct(Tensor weight, int firstRow, int rows)
    {
        if (weight.Owner.AsParameter is { } parameter && parameter.Shape == weight.Shape)
        {
            _packed = parameter.PackedRows(firstRow, rows);
            _isPacked = true;
        }
        else
        {
            _weight = weight.AsMatrix().RowRange(firstRow, rows);
        }
    }

    /// <summary>result (+)= x · weightᵀ, then the epilogue.</summary>
    internal void Run(IKernels kernels, in Matrix x, in Matrix result, bool accumulate, in Epilogue epilogue)
    {
        if (_isPacked)
        {
            kernels.MatMulPacked(x, _packed, result, accumulate, epilogue);
        }
        else
        {
            kernels.MatMul(x, _weight.Transposed, result, accumulate, epilogue);
        }
    }
}
