using System.Numerics;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Turns sums of whole numbers into the floats of the result, then does the epilogue, each operation rounded by itself as in the plain loop.</summary>
internal readonly unsafe struct PackedMatMulFinish
{
    private readonly float* _rowScales;
    private readonly float* _scales;
    private readonly int* _weightSums;
    private readonly int _offsetBits;
    private readonly byte* _result;
    private readonly long _resultRow;
    private readonly int _columns;
    private readonly float* _bias;
    private readonly Activation _activation;
    private readonly bool _accumulate;

    /// <summary>Prepares the end of a product.</summary>
    internal PackedMatMulFinish(in PackedInputs inputs, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        _rowScales = inputs.Scales;
        _scales = (float*)b.Scales.Address;
        _weightSums = (int*)b.Sums.Address;
        _offsetBits = BitOperations.Log2((uint)WeightTypes.OffsetOf(b.Type));
        _result = (byte*)c.Storage.Address;
        _resultRow = c.RowStride * sizeof(float);
        _columns = c.Columns;
        _bias = epilogue.Bias.IsEmpty ? null : (float*)epilogue.Bias.Address;
        _activation = epilogue.Activation;
        _accumulate = accumulate;
    }

    /// <summary>Asks for what finishing some outputs reads.</summary>
    internal void AskFor(int column, int columns)
    {
        ReadAhead.AskFor((byte*)(_scales + column), columns * sizeof(float));
        ReadAhead.AskFor((byte*)(_weightSums + column), columns * sizeof(int));
        if (_bias != null)
        {
            ReadAhead.AskFor((byte*)(_bias + column), columns * sizeof(float));
        }
    }

    /// <summary>Finishes a block.</summary>
    /// <param name="sums">The sums, whole panels.</param>
    /// <param name="width">Sums per row.</param>
    /// <param name="row">The block's first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="column">Its first column.</param>
    internal void Apply(int* sums, int width, int row, int rows, int column)
    {
        if (InstructionPaths.Use512)
        {
            Apply<Floats16>(sums, width, row, rows, column);
        }
        else if (InstructionPaths.Use256)
        {
            Apply<Floats8>(sums, width, row, rows, column);
        }
        else
        {
            Apply<Floats4>(sums, width, row, rows, column);
        }
    }

    private void Apply<TFloats>(int* sums, int width, int row, int rows, int column)
        where TFloats : struct, IFloats<TFloats>
    {
        switch (_activation)
        {
            case Activation.Relu:
                Apply<TFloats, Relu>(sums, width, row, rows, column);
                break;
            case Activation.Gelu:
                Apply<TFloats, Gelu>(sums, width, row, rows, column);
                break;
            case Activation.Silu:
                Apply<TFloats, Silu>(sums, width, row, rows, column);
                break;
            case Activation.Tanh:
                Apply<TFloats, Tanh>(sums, width, row, rows, column);
                break;
            case Activation.Sigmoid:
                Apply<TFloats, Sigmoid>(sums, width, row, rows, column);
                break;
            default:
                Apply<TFloats, Identity>(sums, width, row, rows, column);
                break;
        }
    }

    private void Apply<TFloats, TActivation>(int* sums, int width, int row, int rows, int column)
        where TFloats : struct, IFloats<TFloats>
        where TActivation : struct, IActivation
    {
        int columns = Math.Min(width, _columns - column);
        int whole = columns / TFloats.Count * TFloats.Count;
        float* scales = _scales + column;
        int* weightSums = _weightSums + column;
        float* bias = _bias == null ? null : _bias + column;
        int offsetBits = _offsetBits;
        bool accumulate = _accumulate;
        for (int index = 0; index < rows; index++)
        {
            TFloats rowScale = TFloats.Of(_rowScales[row + index]);
            float* line = (float*)(_result + ((row + index) * _resultRow)) + column;
            for (int i = 0; i < whole; i += TFloats.Count)
            {
                TFloats value = TFloats.OfDifference(sums + i, weightSums + i, offsetBits) * (rowScale * TFloats.Load(scales + i));
                value = accumulate ? TFloats.Load(line + i) + value : value;
                value = bias == null ? value : value + TFloats.Load(bias + i);
                TActivation.Of(value).Store(line + i);
            }

            int rest = columns - whole;
            if (rest > 0)
            {
                TFloats value = TFloats.OfDifference(sums + whole, weightSums + whole, offsetBits) * (rowScale * TFloats.Load(scales + whole));
                value = accumulate ? TFloats.LoadFirst(line + whole, rest, default) + value : value;
                value = bias == null ? value : value + TFloats.LoadFirst(bias + whole, rest, default);
                TActivation.Of(value).StoreFirst(line + whole, rest);
            }

            sums += width;
        }
    }
}
