using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>
/// A recurrent walk backwards. The gradient of the states is worked on in place: what flows from a step into the one before is added to what came from
/// outside, so that a step finds the whole gradient of its states where they lie. The weight's gradient is one product over all rows at the end.
/// </summary>
internal readonly struct RecurrentWalkBack
{
    private readonly RecurrentWork _work;
    private readonly Gradients _gradients;
    private readonly Storage<float> _dStates;
    private readonly Storage<float> _dInputs;
    private readonly Storage<float> _dProducts;
    private readonly bool _ownsInputs;
    private readonly Storage<float> _dHidden;
    private readonly Storage<float> _dCell;

    private RecurrentWalkBack(RecurrentWork work, Tensor output, Gradients gradients)
    {
        (_work, _gradients, _dStates) = (work, gradients, gradients.Of(output));
        RecurrentArguments arguments = work.Arguments;
        (_dHidden, _dCell) = (Tensor.AddedTo(arguments.Hidden, gradients), Tensor.AddedTo(arguments.Cell, gradients));
        long length = (long)work.Rows * work.Blocks * work.Width;
        bool accumulate = true;
        Storage<float> slot = Gradients.Wants(arguments.Inputs) ? gradients.Slot(arguments.Inputs, out accumulate) : default;
        _ownsInputs = accumulate;
        _dInputs = accumulate ? gradients.Take(length) : slot;
        _dProducts = work.Pass.Cell == RecurrentCell.Gru ? gradients.Take(length) : _dInputs;
    }

    private IKernels Kernels => _work.Kernels;

    private RecurrentArguments Arguments => _work.Arguments;

    private int Width => _work.Width;

    internal static void Run(in TapeEntry entry, Gradients gradients)
    {
        var walk = new RecurrentWalkBack((RecurrentWork)entry.Details!, entry.Output, gradients);
        walk.Steps();
        walk.Weights();
        walk.Finish();
    }

    private void Steps()
    {
        for (int step = _work.Steps - 1; step >= 0; step--)
        {
            int rows = _work.ActiveRows(step);
            int number = _work.StepNumber(step);
            bool detached = _work.Pass.DetachesBefore(number);
            Storage<float> dHidden = _work.StatesOf(_dStates, step, rows, cell: false);
            Storage<float> dCell = _work.StatesOf(_dStates, step, rows, cell: true);
            Storage<float> dPreviousHidden = Before(step, _dHidden, cell: false, detached);
            Storage<float> dPreviousCell = Before(step, _dCell, cell: true, detached);
            _work.Pass.AddNorms(number, new Matrix(dHidden, rows, Width), Arguments.Inputs.Device, _gradients);
            Zoneout(dHidden, dPreviousHidden, _work.Pass.HiddenZoneout(number, rows));
            Zoneout(dCell, dPreviousCell, _work.Pass.CellZoneout(number, rows));
            CellStep cell = _work.StepOf(step);
            Storage<float> dInputs = GatesOf(_dInputs, step);
            Storage<float> dProducts = GatesOf(_dProducts, step);
            Storage<float> separate = _work.Pass.Cell == RecurrentCell.Gru ? dProducts : default;
            Kernels.CellBackward(cell, new CellGradients(dHidden, dCell, dInputs, separate, dPreviousHidden, dPreviousCell));
            if (_work.HasWeight && cell.HasProducts)
            {
                Products(step, cell, dProducts, dPreviousHidden);
            }
        }
    }

    /// <summary>What flows through the products of a step into the hidden state before it.</summary>
    private void Products(int step, in CellStep cell, Storage<float> dProducts, Storage<float> dPrevious)
    {
        DropoutMask mask = _work.Pass.StateDropout(_work.FirstRowInTime(step), _work.ActiveRows(step));
        Storage<float> dSource = dPrevious;
        if (!mask.KeepsAll && !dPrevious.IsEmpty)
        {
            dSource = _gradients.Take(dPrevious.Length);
            Kernels.Fill(dSource, 0);
        }

        var dGates = new Matrix(dProducts, _work.ActiveRows(step), _work.Blocks * Width);
        if (_work.ResetsBefore)
        {
            Reset(step, cell, dGates, dSource);
            dGates = dGates.ColumnRange(0, 2 * Width);
        }

        if (!dSource.IsEmpty)
        {
            Matrix weight = Arguments.Weight.AsMatrix().RowRange(0, dGates.Columns);
            Kernels.MatMul(dGates, weight, new Matrix(dSource, dGates.Rows, Width), true, default);
        }

        if (!mask.KeepsAll && !dPrevious.IsEmpty)
        {
            Kernels.DropoutBackward(dSource, dPrevious, Width, mask, true);
            _gradients.Release(dSource);
        }
    }

    private void Reset(int step, in CellStep cell, in Matrix dGates, Storage<float> dSource)
    {
        Storage<float> dReset = _gradients.Take((long)dGates.Rows * Width);
        Matrix weight = Arguments.Weight.AsMatrix().RowRange(2 * Width, Width);
        Kernels.MatMul(dGates.ColumnRange(2 * Width, Width), weight, new Matrix(dReset, dGates.Rows, Width), false, default);
        Storage<float> source = _work.ProductSource(step, cell.PreviousHidden);
        Kernels.ResetBackward(cell with { PreviousHidden = source }, dReset, dGates.Storage, dSource);
        _gradients.Release(dReset);
    }

    /// <summary>The gradients of weight and bias: one product and one sum over the rows of all steps.</summary>
    private void Weights()
    {
        if (Gradients.Wants(Arguments.Bias))
        {
            Storage<float> slot = _gradients.Slot(Arguments.Bias, out bool accumulate);
            Kernels.ColumnSums(new Matrix(_dProducts, _work.Rows, _work.Blocks * Width), slot, accumulate);
        }

        if (Gradients.Wants(Arguments.Weight))
        {
            // Zeros before the first step add nothing.
            int first = Arguments.Hidden.IsNone ? _work.MostRows : 0;
            int rows = _work.Rows - first;
            Matrix dProducts = new Matrix(_dProducts, _work.Rows, _work.Blocks * Width).RowRange(first, rows);
            Storage<float> sources = _gradients.Take(Math.Max(1, (long)rows * Width));
            WeightRows(dProducts, SourcesOf(sources, first, rows));
            _gradients.Release(sources);
        }
    }

    private void WeightRows(in Matrix dProducts, in Matrix sources)
    {
        Storage<float> slot = _gradients.Slot(Arguments.Weight, out bool accumulate);
        var dWeight = new Matrix(slot, _work.Blocks * Width, Width);
        if (dProducts.Rows == 0)
        {
            if (!accumulate)
            {
                Kernels.Fill(slot, 0);
            }

            return;
        }

        int rows = _work.ResetsBefore ? 2 * Width : dWeight.Rows;
        Kernels.MatMul(dProducts.ColumnRange(0, rows).Transposed, sources, dWeight.RowRange(0, rows), accumulate, default);
        if (_work.ResetsBefore)
        {
            Matrix resets = new Matrix(_work.Resets, _work.Rows, Width).RowRange(_work.Rows - dProducts.Rows, dProducts.Rows);
            Kernels.MatMul(dProducts.ColumnRange(rows, Width).Transposed, resets, dWeight.RowRange(rows, Width), accumulate, default);
        }
    }

    /// <summary>The hidden states that the products of all rows have read.</summary>
    private Matrix SourcesOf(Storage<float> sources, int first, int rows)
    {
        int initial = _work.MostRows;
        if (rows == 0)
        {
            return new Matrix(sources, 0, Width);
        }

        if (first == 0)
        {
            Kernels.Copy(Arguments.Hidden.Storage.Slice(0, (long)initial * Width), sources.Slice(0, (long)initial * Width));
        }

        if (_work.Rows > initial)
        {
            Storage<int> previous = _work.Pass.Time!.PreviousRowStorage.Slice(initial, _work.Rows - initial);
            Storage<float> later = sources.Slice((long)(initial - first) * Width, (long)(_work.Rows - initial) * Width);
            Kernels.Gather(_work.HiddenStates, previous, 1, later, Width, false);
        }

        DropoutMask mask = _work.Pass.StateDropout(_work.FirstRowInTime(0) + first, rows);
        if (!mask.KeepsAll)
        {
            Kernels.Dropout(sources, default, sources, Width, mask);
        }

        return new Matrix(sources, rows, Width);
    }

    /// <summary>Passes on what could not be written where it belongs.</summary>
    private void Finish()
    {
        PassOn(Arguments.Products, _dProducts);
        if (_ownsInputs)
        {
            PassOn(Arguments.Inputs, _dInputs);
        }

        if (_dProducts != _dInputs)
        {
            _gradients.Release(_dProducts);
        }

        if (_ownsInputs)
        {
            _gradients.Release(_dInputs);
        }
    }

    private void PassOn(Tensor input, Storage<float> gradient)
    {
        if (Gradients.Wants(input))
        {
            Storage<float> slot = _gradients.Slot(input, out bool accumulate);
            Kernels.Scale(gradient, 1, slot, accumulate);
        }
    }

    private void Zoneout(Storage<float> dState, Storage<float> dPrevious, in DropoutMask mask)
    {
        if (!mask.KeepsAll)
        {
            Kernels.ZoneoutBackward(dState, dPrevious, Width, mask);
        }
    }

    /// <summary>Where the gradient of the states before a step is added up; empty where nobody wants it.</summary>
    private Storage<float> Before(int step, Storage<float> initial, bool cell, bool detached)
    {
        int rows = _work.ActiveRows(step);
        return detached ? default
            : step > 0 ? _work.StatesOf(_dStates, step - 1, rows, cell)
            : initial.IsEmpty ? default : initial.Slice(0, (long)rows * Width);
    }

    private Storage<float> GatesOf(Storage<float> all, int step) => _work.RowsOf(all, step, _work.Blocks * Width);
}
