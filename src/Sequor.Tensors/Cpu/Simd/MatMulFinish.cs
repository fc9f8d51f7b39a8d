using System.Numerics.Tensors;
using Sequor.Tensors.Cpu.Simd.Vectors;
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
            ApplyToLine((float*)(operands.C + (line * operands.CRow)) + column, line, column, columns);
        }
    }

    private void ApplyToLine(float* line, int row, int column, int columns)
    {
        Span<float> values = new(line, columns);
        if (_bias != null)
        {
            TensorPrimitives.Add(values, new ReadOnlySpan<float>(_bias + column, columns), values);
        }

        if (_preActivation != null)
        {
            values.CopyTo(new Span<float>(_preActivation + (row * _columns) + column, columns));
        }

        if (_activation != Activation.None)
        {
            Activate(_activation, line, columns);
        }
    }

    private static void Activate(Activation activation, float* line, int length)
    {
        if (InstructionPaths.Use512)
        {
            Activations.Row<Floats16>(activation, line, line, length);
        }
        else if (InstructionPaths.Use256)
        {
            Activations.Row<Floats8>(activation, line, line, length);
        }
        else
        {
            Activations.Row<Floats4>(activation, line, line, length);
        }
    }
}
