using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The gradients of one time step of a recurrent cell, element by element.</summary>
internal static class CellsBackward
{
    internal static void Run(in CellStep step, in CellGradients gradients)
    {
        int width = step.Width;
        int blocks = Cells.Blocks(step.Cell);
        for (int at = 0; at < gradients.Hidden.Length; at++)
        {
            int gate = (at / width * blocks * width) + (at % width);
            switch (step.Cell)
            {
                case RecurrentCell.Tanh:
                    float tanh = step.Gates.Span[gate];
                    gradients.Inputs.Span[gate] = gradients.Hidden.Span[at] * (1 - (tanh * tanh));
                    break;
                case RecurrentCell.Relu:
                    gradients.Inputs.Span[gate] = step.Gates.Span[gate] <= 0 ? 0 : gradients.Hidden.Span[at];
                    break;
                case RecurrentCell.Gru or RecurrentCell.GruResetBefore:
                    Gru(step, gradients, at, gate);
                    break;
                case RecurrentCell.Lstm:
                    Lstm(step, gradients, at, gate);
                    break;
                default:
                    Ssru(step, gradients, at, gate);
                    break;
            }
        }
    }

    /// <summary>The gradient of r, and what flows into h' through r · h'.</summary>
    internal static void Reset(in CellStep step, ReadOnlySpan<float> dReset, Span<float> dInputs, Storage<float> dPrevious)
    {
        int width = step.Width;
        for (int at = 0; at < dReset.Length; at++)
        {
            int gate = (at / width * 3 * width) + (at % width);
            float reset = step.Gates.Span[gate];
            dInputs[gate] = dReset[at] * step.PreviousHidden.Span[at] * (reset * (1 - reset));
            Add(dPrevious, at, dReset[at] * reset);
        }
    }

    private static void Gru(in CellStep step, in CellGradients gradients, int at, int gate)
    {
        int width = step.Width;
        ReadOnlySpan<float> gates = step.Gates.Span;
        float dHidden = gradients.Hidden.Span[at];
        float keep = gates[gate + width];
        float last = gates[gate + (2 * width)];
        bool after = step.Cell == RecurrentCell.Gru;
        float candidate = after ? MathF.Tanh(step.Inputs.Span[gate + (2 * width)] + (gates[gate] * last)) : last;
        float dCandidate = dHidden * (1 - keep) * (1 - (candidate * candidate));
        float dKeep = dHidden * (step.PreviousHidden.Span[at] - candidate) * (keep * (1 - keep));
        gradients.Inputs.Span[gate + width] = dKeep;
        gradients.Inputs.Span[gate + (2 * width)] = dCandidate;
        Add(gradients.PreviousHidden, at, dHidden * keep);
        if (!after)
        {
            return;
        }

        float dReset = dCandidate * last * (gates[gate] * (1 - gates[gate]));
        gradients.Inputs.Span[gate] = dReset;
        if (!gradients.Products.IsEmpty)
        {
            gradients.Products.Span[gate] = dReset;
            gradients.Products.Span[gate + width] = dKeep;
            gradients.Products.Span[gate + (2 * width)] = dCandidate * gates[gate];
        }
    }

    private static void Lstm(in CellStep step, in CellGradients gradients, int at, int gate)
    {
        int width = step.Width;
        ReadOnlySpan<float> gates = step.Gates.Span;
        float input = gates[gate];
        float forget = gates[gate + width];
        float content = gates[gate + (2 * width)];
        float output = gates[gate + (3 * width)];
        float previous = step.PreviousCell.Span[at];
        float tanh = MathF.Tanh((forget * previous) + (input * content));
        float dHidden = gradients.Hidden.Span[at];
        float dState = gradients.State.Span[at] + (dHidden * output * (1 - (tanh * tanh)));
        Span<float> dx = gradients.Inputs.Span;
        dx[gate] = dState * content * (input * (1 - input));
        dx[gate + width] = dState * previous * (forget * (1 - forget));
        dx[gate + (2 * width)] = dState * input * (1 - (content * content));
        dx[gate + (3 * width)] = dHidden * tanh * (output * (1 - output));
        Add(gradients.PreviousCell, at, dState * forget);
    }

    private static void Ssru(in CellStep step, in CellGradients gradients, int at, int gate)
    {
        int width = step.Width;
        float forget = step.Gates.Span[gate];
        float value = step.Gates.Span[gate + width];
        float previous = step.PreviousCell.Span[at];
        float mixed = value + (forget * (previous - value));
        float dState = gradients.State.Span[at] + (mixed <= 0 ? 0 : gradients.Hidden.Span[at]);
        gradients.Inputs.Span[gate] = dState * (previous - value) * (forget * (1 - forget));
        gradients.Inputs.Span[gate + width] = dState * (1 - forget);
        Add(gradients.PreviousCell, at, dState * forget);
    }

    private static void Add(Storage<float> sums, int at, float value)
    {
        if (!sums.IsEmpty)
        {
            sums.Span[at] += value;
        }
    }
}
