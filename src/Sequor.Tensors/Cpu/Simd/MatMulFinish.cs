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

    internal void Apply(in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        if (!_isWanted)
        {
            return;
        }

        float* first = (float*)(operands.C + (row * operands.CRow)) + column;
        if (InstructionPaths.Use512)
        {
            Apply<Floats16>(first, operands.CRow, row, rows, column, columns);
        }
        else if (InstructionPaths.Use256)
        {
            Apply<Floats8>(first, operands.CRow, row, rows, column, columns);
        }
        else
        {
            Apply<Floats4>(first, operands.CRow, row, rows, column, columns);
        }
    }

    private void Apply<TFloats>(float* first, long step, int row, int rows, int column, int columns)
        where TFloats : struct, IFloats<TFloats>
    {
        switch (_activation)
        {
            case Activation.Relu:
                Apply<TFloats, Relu>(first, step, row, rows, column, columns);
                break;
            case Activation.Gelu:
                Apply<TFloats, Gelu>(first, step, row, rows, column, columns);
                break;
            case Activation.Silu:
                Apply<TFloats, Silu>(first, step, row, rows, column, columns);
                break;
            case Activation.Tanh:
                Apply<TFloats, Tanh>(first, step, row, rows, column, columns);
                break;
            case Activation.Sigmoid:
                Apply<TFloats, Sigmoid>(first, step, row, rows, column, columns);
                break;
            default:
                Apply<TFloats, Identity>(first, step, row, rows, column, columns);
                break;
        }
    }

    private void Apply<TFloats, TActivation>(float* first, long step, int row, int rows, int column, int columns)
        where TFloats : struct, IFloats<TFloats>
        where TActivation : struct, IActivation
    {
        int whole = columns / TFloats.Count * TFloats.Count;
        for (int index = 0; index < rows; index++)
        {
            float* line = (float*)((byte*)first + (index * step));
            float* before = _preActivation == null ? null : _preActivation + ((row + index) * _columns) + column;
            for (int i = 0; i < whole; i += TFloats.Count)
            {
                TFloats sum = TFloats.Load(line + i);
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
                TFloats sum = TFloats.LoadFirst(line + whole, rest, default);
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
