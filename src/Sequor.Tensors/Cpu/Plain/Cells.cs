using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>One time step of a recurrent cell, element by element.</summary>
internal static class Cells
{
    internal static void Forward(in CellStep step)
    {
        int width = step.Width;
        int blocks = Blocks(step.Cell);
        Span<float> gates = step.Gates.Span;
        ReadOnlySpan<float> x = step.Inputs.Span;
        Span<float> a = stackalloc float[4];
        for (int row = 0; row < step.Hidden.Length / width; row++)
        {
            for (int i = 0; i < width; i++)
            {
                int gate = (row * blocks * width) + i;
                for (int block = 0; block < blocks; block++)
                {
                    a[block] = step.HasProducts ? gates[gate + (block * width)] : 0;
                }

                Element(step, (row * width) + i, gate, x, a, gates);
            }
        }
    }

    /// <summary>How many blocks of H columns a cell's inputs have.</summary>
    internal static int Blocks(RecurrentCell cell) => cell switch
    {
        RecurrentCell.Tanh or RecurrentCell.Relu => 1,
        RecurrentCell.Ssru => 2,
        RecurrentCell.Lstm => 4,
        _ => 3,
    };

    /// <summary>r and z of the reset-before unit, and r · h'.</summary>
    internal static void ResetForward(in CellStep step, Span<float> reset)
    {
        int width = step.Width;
        Span<float> gates = step.Gates.Span;
        ReadOnlySpan<float> x = step.Inputs.Span;
        for (int at = 0; at < reset.Length; at++)
        {
            int gate = (at / width * 3 * width) + (at % width);
            gates[gate] = Sigmoid(x[gate] + (step.HasProducts ? gates[gate] : 0));
            gates[gate + width] = Sigmoid(x[gate + width] + (step.HasProducts ? gates[gate + width] : 0));
            reset[at] = gates[gate] * step.PreviousHidden.Span[at];
        }
    }

    internal static float Sigmoid(float x) => Activations.Of(Activation.Sigmoid, x);

    private static void Element(
        in CellStep step, int at, int gate, ReadOnlySpan<float> x, ReadOnlySpan<float> a, Span<float> gates)
    {
        int width = step.Width;
        Span<float> hidden = step.Hidden.Span;
        switch (step.Cell)
        {
            case RecurrentCell.Tanh:
                hidden[at] = gates[gate] = MathF.Tanh(x[gate] + a[0]);
                break;
            case RecurrentCell.Relu:
                hidden[at] = gates[gate] = Activations.Of(Activation.Relu, x[gate] + a[0]);
                break;
            case RecurrentCell.Gru:
                float reset = gates[gate] = Sigmoid(x[gate] + a[0]);
                float keep = gates[gate + width] = Sigmoid(x[gate + width] + a[1]);
                gates[gate + (2 * width)] = a[2];
                float candidate = MathF.Tanh(x[gate + (2 * width)] + (reset * a[2]));
                hidden[at] = candidate + (keep * (step.PreviousHidden.Span[at] - candidate));
                break;
            case RecurrentCell.GruResetBefore:
                float next = gates[gate + (2 * width)] = MathF.Tanh(x[gate + (2 * width)] + a[2]);
                hidden[at] = next + (gates[gate + width] * (step.PreviousHidden.Span[at] - next));
                break;
            case RecurrentCell.Lstm:
                float input = gates[gate] = Sigmoid(x[gate] + a[0]);
                float forget = gates[gate + width] = Sigmoid(x[gate + width] + a[1]);
                float content = gates[gate + (2 * width)] = MathF.Tanh(x[gate + (2 * width)] + a[2]);
                float output = gates[gate + (3 * width)] = Sigmoid(x[gate + (3 * width)] + a[3]);
                float state = (forget * step.PreviousCell.Span[at]) + (input * content);
                step.State.Span[at] = state;
                hidden[at] = output * MathF.Tanh(state);
                break;
            default:
                float old = gates[gate] = Sigmoid(x[gate] + a[0]);
                float value = gates[gate + width] = x[gate + width] + a[1];
                float mixed = value + (old * (step.PreviousCell.Span[at] - value));
                step.State.Span[at] = mixed;
                hidden[at] = Activations.Of(Activation.Relu, mixed);
                break;
        }
    }
}
