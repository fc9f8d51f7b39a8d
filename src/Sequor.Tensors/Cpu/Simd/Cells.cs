using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>One time step of a recurrent cell.</summary>
internal static unsafe class Cells
{
    internal static void Forward(WorkerPool pool, in CellStep step)
    {
        switch (step.Cell)
        {
            case RecurrentCell.Tanh:
                Run(pool, new SimplePart<Tanh>(step), step);
                break;
            case RecurrentCell.Relu:
                Run(pool, new SimplePart<Relu>(step), step);
                break;
            case RecurrentCell.Gru:
                Run(pool, new GruPart(step), step);
                break;
            case RecurrentCell.GruResetBefore:
                Run(pool, new MixPart(step), step);
                break;
            case RecurrentCell.Lstm:
                Run(pool, new LstmPart(step), step);
                break;
            default:
                Run(pool, new SsruPart(step), step);
                break;
        }
    }

    internal static void ResetForward(WorkerPool pool, in CellStep step, Storage<float> reset) =>
        RowParts.Run(pool, new ResetPart(step, reset), reset.Length / step.Width, step.Width, 3);

    /// <summary>A block's input plus its product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Sum<TFloats>(in CellStep step, long gate, int count)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats x = RowParts.Read<TFloats>((float*)step.Inputs.Address + gate, count);
        return x + Product<TFloats>(step, gate, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Product<TFloats>(in CellStep step, long gate, int count)
        where TFloats : struct, IFloats<TFloats> =>
        step.HasProducts ? RowParts.Read<TFloats>((float*)step.Gates.Address + gate, count) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<TFloats>(in CellStep step, long gate, int count, TFloats value)
        where TFloats : struct, IFloats<TFloats> => RowParts.Write(value, (float*)step.Gates.Address + gate, count);

    private static void Run<TPart>(WorkerPool pool, in TPart part, in CellStep step)
        where TPart : struct, IRowPart =>
        RowParts.Run(pool, part, step.Hidden.Length / step.Width, step.Width, RecurrentPass.BlocksOf(step.Cell));

    private readonly struct SimplePart<TActivation>(in CellStep step) : IRowPart
        where TActivation : struct, IActivation
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * _step.Width) + column;
            TFloats hidden = TActivation.Of(Sum<TFloats>(_step, at, count));
            Keep(_step, at, count, hidden);
            RowParts.Write(hidden, (float*)_step.Hidden.Address + at, count);
        }
    }

    private readonly struct GruPart(in CellStep step) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 3 * width) + column;
            TFloats reset = Functions.Sigmoid(Sum<TFloats>(_step, gate, count));
            TFloats keep = Functions.Sigmoid(Sum<TFloats>(_step, gate + width, count));
            TFloats last = Product<TFloats>(_step, gate + (2 * width), count);
            TFloats x = RowParts.Read<TFloats>((float*)_step.Inputs.Address + gate + (2 * width), count);
            TFloats candidate = Functions.Tanh(TFloats.MultiplyAdd(reset, last, x));
            Keep(_step, gate, count, reset);
            Keep(_step, gate + width, count, keep);
            Keep(_step, gate + (2 * width), count, last);
            TFloats previous = RowParts.Read<TFloats>((float*)_step.PreviousHidden.Address + at, count);
            TFloats hidden = TFloats.MultiplyAdd(keep, previous - candidate, candidate);
            RowParts.Write(hidden, (float*)_step.Hidden.Address + at, count);
        }
    }

    /// <summary>The second half of the unit that resets before its product.</summary>
    private readonly struct MixPart(in CellStep step) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 3 * width) + column;
            TFloats candidate = Functions.Tanh(Sum<TFloats>(_step, gate + (2 * width), count));
            Keep(_step, gate + (2 * width), count, candidate);
            TFloats keep = RowParts.Read<TFloats>((float*)_step.Gates.Address + gate + width, count);
            TFloats previous = RowParts.Read<TFloats>((float*)_step.PreviousHidden.Address + at, count);
            TFloats hidden = TFloats.MultiplyAdd(keep, previous - candidate, candidate);
            RowParts.Write(hidden, (float*)_step.Hidden.Address + at, count);
        }
    }

    private readonly struct ResetPart(in CellStep step, Storage<float> reset) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 3 * width) + column;
            TFloats opened = Functions.Sigmoid(Sum<TFloats>(_step, gate, count));
            TFloats keep = Functions.Sigmoid(Sum<TFloats>(_step, gate + width, count));
            Keep(_step, gate, count, opened);
            Keep(_step, gate + width, count, keep);
            TFloats previous = RowParts.Read<TFloats>((float*)_step.PreviousHidden.Address + at, count);
            RowParts.Write(opened * previous, (float*)reset.Address + at, count);
        }
    }

    private readonly struct LstmPart(in CellStep step) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 4 * width) + column;
            TFloats input = Functions.Sigmoid(Sum<TFloats>(_step, gate, count));
            TFloats forget = Functions.Sigmoid(Sum<TFloats>(_step, gate + width, count));
            TFloats content = Functions.Tanh(Sum<TFloats>(_step, gate + (2 * width), count));
            TFloats output = Functions.Sigmoid(Sum<TFloats>(_step, gate + (3 * width), count));
            Keep(_step, gate, count, input);
            Keep(_step, gate + width, count, forget);
            Keep(_step, gate + (2 * width), count, content);
            Keep(_step, gate + (3 * width), count, output);
            TFloats previous = RowParts.Read<TFloats>((float*)_step.PreviousCell.Address + at, count);
            TFloats state = TFloats.MultiplyAdd(forget, previous, input * content);
            RowParts.Write(state, (float*)_step.State.Address + at, count);
            RowParts.Write(output * Functions.Tanh(state), (float*)_step.Hidden.Address + at, count);
        }
    }

    private readonly struct SsruPart(in CellStep step) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 2 * width) + column;
            TFloats forget = Functions.Sigmoid(Sum<TFloats>(_step, gate, count));
            TFloats value = Sum<TFloats>(_step, gate + width, count);
            Keep(_step, gate, count, forget);
            Keep(_step, gate + width, count, value);
            TFloats previous = RowParts.Read<TFloats>((float*)_step.PreviousCell.Address + at, count);
            TFloats state = TFloats.MultiplyAdd(forget, previous - value, value);
            RowParts.Write(state, (float*)_step.State.Address + at, count);
            RowParts.Write(Relu.Of(state), (float*)_step.Hidden.Address + at, count);
        }
    }
}
