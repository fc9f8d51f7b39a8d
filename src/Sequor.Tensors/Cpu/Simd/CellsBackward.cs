using System.Runtime.CompilerServices;
using Sequor.Tensors.Cpu.Simd.Vectors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The gradients of one time step of a recurrent cell.</summary>
internal static unsafe class CellsBackward
{
    internal static void Run(WorkerPool pool, in CellStep step, in CellGradients gradients)
    {
        switch (step.Cell)
        {
            case RecurrentCell.Tanh:
                Run(pool, new TanhPart(step, gradients), step, gradients);
                break;
            case RecurrentCell.Relu:
                Run(pool, new ReluPart(step, gradients), step, gradients);
                break;
            case RecurrentCell.Gru or RecurrentCell.GruResetBefore:
                Run(pool, new GruPart(step, gradients), step, gradients);
                break;
            case RecurrentCell.Lstm:
                Run(pool, new LstmPart(step, gradients), step, gradients);
                break;
            default:
                Run(pool, new SsruPart(step, gradients), step, gradients);
                break;
        }
    }

    internal static void Reset(WorkerPool pool, in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPrevious) =>
        RowParts.Run(pool, new ResetPart(step, dReset, dInputs, dPrevious), dReset.Length / step.Width, step.Width, 3);

    private static void Run<TPart>(WorkerPool pool, in TPart part, in CellStep step, in CellGradients gradients)
        where TPart : struct, IRowPart =>
        RowParts.Run(pool, part, gradients.Hidden.Length / step.Width, step.Width, RecurrentPass.BlocksOf(step.Cell));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Read<TFloats>(Storage<float> from, long at, int count)
        where TFloats : struct, IFloats<TFloats> => RowParts.Read<TFloats>((float*)from.Address + at, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TFloats>(TFloats values, Storage<float> to, long at, int count)
        where TFloats : struct, IFloats<TFloats> => RowParts.Write(values, (float*)to.Address + at, count);

    /// <summary>σ' from the sigmoid's own value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats SigmoidSlope<TFloats>(TFloats sigmoid)
        where TFloats : struct, IFloats<TFloats> => sigmoid * (TFloats.Of(1) - sigmoid);

    /// <summary>tanh' from the tangent's own value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats TanhSlope<TFloats>(TFloats tanh)
        where TFloats : struct, IFloats<TFloats> => TFloats.SubtractProduct(tanh, tanh, TFloats.Of(1));

    private readonly struct TanhPart(in CellStep step, in CellGradients gradients) : IRowPart
    {
        private readonly CellStep _step = step;
        private readonly CellGradients _gradients = gradients;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * _step.Width) + column;
            TFloats slope = TanhSlope(Read<TFloats>(_step.Gates, at, count));
            Write(Read<TFloats>(_gradients.Hidden, at, count) * slope, _gradients.Inputs, at, count);
        }
    }

    private readonly struct ReluPart(in CellStep step, in CellGradients gradients) : IRowPart
    {
        private readonly CellStep _step = step;
        private readonly CellGradients _gradients = gradients;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * _step.Width) + column;
            TFloats dHidden = Read<TFloats>(_gradients.Hidden, at, count);
            TFloats dInput = TFloats.WhereLessOrEqual(Read<TFloats>(_step.Gates, at, count), default, default, dHidden);
            Write(dInput, _gradients.Inputs, at, count);
        }
    }

    private readonly struct GruPart(in CellStep step, in CellGradients gradients) : IRowPart
    {
        private readonly CellStep _step = step;
        private readonly CellGradients _gradients = gradients;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 3 * width) + column;
            bool after = _step.Cell == RecurrentCell.Gru;
            TFloats reset = after ? Read<TFloats>(_step.Gates, gate, count) : default;
            TFloats keep = Read<TFloats>(_step.Gates, gate + width, count);
            TFloats last = Read<TFloats>(_step.Gates, gate + (2 * width), count);
            TFloats candidate = last;
            if (after)
            {
                candidate = Functions.Tanh(TFloats.MultiplyAdd(reset, last, Read<TFloats>(_step.Inputs, gate + (2 * width), count)));
            }

            TFloats dHidden = Read<TFloats>(_gradients.Hidden, at, count);
            TFloats dCandidate = dHidden * (TFloats.Of(1) - keep) * TanhSlope(candidate);
            TFloats dKeep = dHidden * (Read<TFloats>(_step.PreviousHidden, at, count) - candidate) * SigmoidSlope(keep);
            Write(dKeep, _gradients.Inputs, gate + width, count);
            Write(dCandidate, _gradients.Inputs, gate + (2 * width), count);
            RowParts.Add(dHidden * keep, _gradients.PreviousHidden, at, count);
            if (after)
            {
                Products(gate, count, dCandidate * last * SigmoidSlope(reset), dKeep, dCandidate * reset);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Products<TFloats>(long gate, int count, TFloats dReset, TFloats dKeep, TFloats dLast)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            Write(dReset, _gradients.Inputs, gate, count);
            if (!_gradients.Products.IsEmpty)
            {
                Write(dReset, _gradients.Products, gate, count);
                Write(dKeep, _gradients.Products, gate + width, count);
                Write(dLast, _gradients.Products, gate + (2 * width), count);
            }
        }
    }

    private readonly struct ResetPart(
        in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPrevious) : IRowPart
    {
        private readonly CellStep _step = step;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            long at = (row * _step.Width) + column;
            long gate = (row * 3 * _step.Width) + column;
            TFloats reset = Read<TFloats>(_step.Gates, gate, count);
            TFloats flowing = Read<TFloats>(dReset, at, count);
            TFloats previous = Read<TFloats>(_step.PreviousHidden, at, count);
            Write(flowing * previous * SigmoidSlope(reset), dInputs, gate, count);
            RowParts.Add(flowing * reset, dPrevious, at, count);
        }
    }

    private readonly struct LstmPart(in CellStep step, in CellGradients gradients) : IRowPart
    {
        private readonly CellStep _step = step;
        private readonly CellGradients _gradients = gradients;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 4 * width) + column;
            TFloats input = Read<TFloats>(_step.Gates, gate, count);
            TFloats forget = Read<TFloats>(_step.Gates, gate + width, count);
            TFloats content = Read<TFloats>(_step.Gates, gate + (2 * width), count);
            TFloats output = Read<TFloats>(_step.Gates, gate + (3 * width), count);
            TFloats previous = Read<TFloats>(_step.PreviousCell, at, count);
            TFloats tanh = Functions.Tanh(TFloats.MultiplyAdd(forget, previous, input * content));
            TFloats dHidden = Read<TFloats>(_gradients.Hidden, at, count);
            TFloats dState = TFloats.MultiplyAdd(dHidden * output, TanhSlope(tanh), Read<TFloats>(_gradients.State, at, count));
            Write(dState * content * SigmoidSlope(input), _gradients.Inputs, gate, count);
            Write(dState * previous * SigmoidSlope(forget), _gradients.Inputs, gate + width, count);
            Write(dState * input * TanhSlope(content), _gradients.Inputs, gate + (2 * width), count);
            Write(dHidden * tanh * SigmoidSlope(output), _gradients.Inputs, gate + (3 * width), count);
            RowParts.Add(dState * forget, _gradients.PreviousCell, at, count);
        }
    }

    private readonly struct SsruPart(in CellStep step, in CellGradients gradients) : IRowPart
    {
        private readonly CellStep _step = step;
        private readonly CellGradients _gradients = gradients;

        public void Run<TFloats>(long row, int column, int count)
            where TFloats : struct, IFloats<TFloats>
        {
            int width = _step.Width;
            long at = (row * width) + column;
            long gate = (row * 2 * width) + column;
            TFloats forget = Read<TFloats>(_step.Gates, gate, count);
            TFloats value = Read<TFloats>(_step.Gates, gate + width, count);
            TFloats difference = Read<TFloats>(_step.PreviousCell, at, count) - value;
            TFloats mixed = TFloats.MultiplyAdd(forget, difference, value);
            TFloats dHidden = TFloats.WhereLessOrEqual(mixed, default, default, Read<TFloats>(_gradients.Hidden, at, count));
            TFloats dState = Read<TFloats>(_gradients.State, at, count) + dHidden;
            Write(dState * difference * SigmoidSlope(forget), _gradients.Inputs, gate, count);
            Write(dState * (TFloats.Of(1) - forget), _gradients.Inputs, gate + width, count);
            RowParts.Add(dState * forget, _gradients.PreviousCell, at, count);
        }
    }
}
