using System.Numerics.Tensors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The epilogue of a product, applied to a rectangle as soon as it is complete, while it is in the cache.</summary>
internal readonly unsafe struct MatMulFinish
{
    private readonly float* _bias;
    private readonly float* _preActivation;
    private readonly long _columns;
    private readonly Activation _activation;
    private readonly bool _isEmpty;

    /// <summary>Prepares the epilogue of a result.</summary>
    /// <param name="epilogue">What to do.</param>
    /// <param name="columns">The columns of the whole result.</param>
    internal MatMulFinish(in Epilogue epilogue, int columns)
    {
        _bias = epilogue.Bias.IsEmpty ? null : (float*)epilogue.Bias.Address;
        _preActivation = epilogue.PreActivation.IsEmpty ? null : (float*)epilogue.PreActivation.Address;
        _columns = columns;
        _activation = epilogue.Activation;
        _isEmpty = epilogue.IsEmpty;
    }

    internal void Apply(in MatMulOperands operands, int row, int rows, int column, int columns)
    {
        if (_isEmpty)
        {
            return;
        }

        for (int line = row; line < row + rows; line++)
        {
            Span<float> values = new(operands.C + (line * operands.CRow) + ((long)column * sizeof(float)), columns);
            ApplyToLine(values, line, column);
        }
    }

    private void ApplyToLine(Span<float> values, int row, int column)
    {
        if (_bias != null)
        {
            TensorPrimitives.Add(values, new ReadOnlySpan<float>(_bias + column, values.Length), values);
        }

        if (_preActivation != null)
        {
            values.CopyTo(new Span<float>(_preActivation + (row * _columns) + column, values.Length));
        }

        if (_activation == Activation.Relu)
        {
            TensorPrimitives.Max(values, 0f, values);
        }
        else if (_activation != Activation.None)
        {
            Plain.Activations.Forward(_activation, values, values);
        }
    }
}
