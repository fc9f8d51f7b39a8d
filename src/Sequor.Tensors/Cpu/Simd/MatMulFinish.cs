using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The epilogue of a product, applied to a panel of rows as soon as it is complete, while it is in the first cache.</summary>
internal readonly unsafe struct MatMulFinish
{
    private readonly float* _bias;
    private readonly float* _preActivation;
    private readonly long _columns;
    private readonly Activation _activation;
    private readonly bool _isWanted;

    /// <summary>Prepares the epilogue of a result.</summary>
    /// <param name="epilogue">What to do.</param>
    /// <param name="columns">The columns of the whole result.</param>
    internal MatMulFinish(in Epilogue epilogue, int columns)
    {
        _bias = epilogue.Bias.IsEmpty ? null : (float*)epilogue.Bias.Address;
        _preActivation = epilogue.PreActivation.IsEmpty ? null : (float*)epilogue.PreActivation.Address;
        _columns = columns;
        _activation = epilogue.Activation;
        _isWanted = !epilogue.IsEmpty;
    }

    /// <summary>Whether there is anything to do.</summary>
    internal bool IsWanted => _isWanted;

    /// <summary>Finishes a panel of rows where it lies.</summary>
    internal void Apply(in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        float* first = (float*)(operands.C + (row * operands.CRow)) + column;
        Apply(first, operands.CRow, operands, row, rows, column, columns);
    }

    /// <summary>Finishes a panel of rows that lies elsewhere, on the way to its place.</summary>
    /// <param name="sums">The panel's first element.</param>
    /// <param name="sumsRow">From one of its rows to the next, in bytes.</param>
    /// <param name="operands">The product.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">The columns.</param>
    internal void Apply(float* sums, long sumsRow, in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        if (!_isWanted)
        {
            return;
        }

        float* first = (float*)(operands.C + (row * operands.CRow)) + column;
        if (InstructionPaths.Use512)
        {
            Apply<Floats16>(sums, sumsRow, first, operands.CRow, row, rows, column, columns);
        }
        else if (InstructionPaths.Use256)
        {
            Apply<Floats8>(sums, sumsRow, first, operands.CRow, row, rows, column, columns);
        }
        else
        {
            Apply<Floats4>(sums, sumsRow, first, operands.CRow, row, rows, column, columns);
        }
    }

    private void Apply<TFloats>(float* sums, long sumsRow, float* first, long step, int row, int rows, int column, int columns)
        where TFloats : struct, IFloats<TFloats>
    {
        switch (_activation)
        {
            case Activation.Relu:
                Apply<TFloats, Relu>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
            case Activation.Gelu:
                Apply<TFloats, Gelu>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
            case Activation.Silu:
                Apply<TFloats, Silu>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
            case Activation.Tanh:
                Apply<TFloats, Tanh>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
            case Activation.Sigmoid:
                Apply<TFloats, Sigmoid>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
            default:
                Apply<TFloats, Identity>(sums, sumsRow, first, step, row, rows, column, columns);
                break;
        }
    }

    private void Apply<TFloats, TActivation>(float* sums, long sumsRow, float* first, long step, int row, int rows, int column, int columns)
        where TFloats : struct, IFloats<TFloats>
        where TActivation : struct, IActivation
    {
        int whole = columns / TFloats.Count * TFloats.Count;
        for (int index = 0; index < rows; index++)
        {
            float* from = (float*)((byte*)sums + (index * sumsRow));
            float* line = (float*)((byte*)first + (index * step));
            float* before = _preActivation == null ? null : _preActivation + ((row + index) * _columns) + column;
            for (int i = 0; i < whole; i += TFloats.Count)
            {
                TFloats sum = TFloats.Load(from + i);
                sum = _bias == null ? sum : sum + TFloats.Load(_bias + column + i);
                if (before != null)
                {
                    sum.Store(before + i);
                }

                TActivation.Of(sum).Store(line + i);
            }

            int rest = columns - whole;
            if (rest > 0)
            {
                TFloats sum = TFloats.LoadFirst(from + whole, rest, default);
                sum = _bias == null ? sum : sum + TFloats.LoadFirst(_bias + column + whole, rest, default);
                if (before != null)
                {
                    sum.StoreFirst(before + whole, rest);
                }

                TActivation.Of(sum).StoreFirst(line + whole, rest);
            }
        }
    }
}
