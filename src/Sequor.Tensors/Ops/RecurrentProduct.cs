using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>The product with some rows of a recurrent weight, which every step repeats: the rows are laid out for it once.</summary>
internal readonly struct RecurrentProduct
{
    private readonly WeightProduct _product;
    private readonly Storage<float> _laidOut;
    private readonly int _rows;
    private readonly Storage<float> _bias;
    private readonly int _firstRow;

    /// <summary>Prepares a product.</summary>
    /// <param name="step">Gives memory for weights that are no parameters.</param>
    /// <param name="arguments">The weight and its bias.</param>
    /// <param name="firstRow">The first row of the weight, which is the first column of the gates.</param>
    /// <param name="rows">How many rows.</param>
    internal RecurrentProduct(Step step, in RecurrentArguments arguments, int firstRow, int rows)
    {
        Tensor weight = arguments.Weight;
        (_firstRow, _rows) = (firstRow, rows);
        _bias = arguments.Bias.IsNone ? default : arguments.Bias.Storage.Slice(firstRow, rows);
        if (weight.Owner.AsParameter is null && arguments.IsWhole)
        {
            _laidOut = step.Take<float>(weight.Kernels.PackedLength(weight.Shape.Width, rows));
            weight.Kernels.Pack(weight.AsMatrix().RowRange(firstRow, rows).Transposed, _laidOut);
        }
        else
        {
            _product = new WeightProduct(weight, firstRow, rows);
        }
    }

    /// <summary>Writes source · weightᵀ + bias into the gates' columns of these rows of the weight.</summary>
    internal void Multiply(IKernels kernels, in Matrix source, in Matrix gates)
    {
        Matrix result = gates.ColumnRange(_firstRow, _rows);
        if (_laidOut.IsEmpty)
        {
            _product.Run(kernels, source, result, false, new Epilogue(_bias));
        }
        else
        {
            kernels.MatMulPacked(source, _laidOut, result, false, new Epilogue(_bias));
        }
    }
}
