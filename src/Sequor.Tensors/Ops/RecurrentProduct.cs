using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>The product with some rows of a recurrent weight, which every step repeats: the rows are laid out for it once.</summary>
internal readonly struct RecurrentProduct
{
    private readonly Storage<float> _packed;
    private readonly Matrix _weight;
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
        _firstRow = firstRow;
        _weight = weight.AsMatrix().RowRange(firstRow, rows);
        _bias = arguments.Bias.IsNone ? default : arguments.Bias.Storage.Slice(firstRow, rows);
        if (weight.Owner.AsParameter is { } parameter && parameter.Shape == weight.Shape)
        {
            _packed = parameter.PackedTransposed(firstRow, rows);
        }
        else if (arguments.IsWhole)
        {
            _packed = step.Take<float>(weight.Kernels.PackedLength(_weight.Columns, rows));
            weight.Kernels.Pack(_weight.Transposed, _packed);
        }
    }

    /// <summary>Writes source · weightᵀ + bias into the gates' columns of these rows of the weight.</summary>
    internal void Multiply(IKernels kernels, in Matrix source, in Matrix gates)
    {
        Matrix result = gates.ColumnRange(_firstRow, _weight.Rows);
        if (_packed.IsEmpty)
        {
            kernels.MatMul(source, _weight.Transposed, result, false, new Epilogue(_bias));
        }
        else
        {
            kernels.MatMulPacked(source, _packed, result, false, new Epilogue(_bias));
        }
    }
}
