using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>
/// A walk of a recurrent cell over one or many time steps: the arguments, what is kept for the way back, and the way there.
/// A walk without a way back lends its object to the next. A single step and a whole sequence are the same code, so that a decoder's step has the bits of the pass over the sequence.
/// </summary>
internal sealed class RecurrentWork
{
    private RecurrentProduct _product;
    private RecurrentProduct _resetProduct;
    private Storage<float> _zeros;
    private Storage<float> _dropped;
    private Storage<float> _gates;
    private Storage<float> _reset;

    /// <summary>Prepares a walk.</summary>
    /// <param name="arguments">What the op was given.</param>
    /// <param name="step">The step that owns all memory.</param>
    /// <param name="recorded">Whether there will be a way back.</param>
    internal void Prepare(in RecurrentArguments arguments, Step step, bool recorded)
    {
        Arguments = arguments;
        Recorded = recorded;
        Width = arguments.Width;
        Blocks = RecurrentPass.BlocksOf(arguments.Pass.Cell);
        arguments.Borrow(step);
        int states = RecurrentPass.HasCellState(Pass.Cell) ? 2 : 1;
        Output = step.Allocate([states * Rows, Width], Recorded);

        // What the way back does not need is written over at every step.
        int kept = Recorded ? Rows : MostRows;
        _gates = step.Take<float>((long)kept * Blocks * Width);
        _reset = ResetsBefore ? step.Take<float>((long)kept * Width) : default;
        _dropped = Pass.StateDropout(0, 0).KeepsAll || !HasWeight ? default : step.Take<float>((long)MostRows * Width);
        _zeros = arguments.Hidden.IsNone || (arguments.Cell.IsNone && states == 2) ? step.Take<float>((long)MostRows * Width) : default;
        if (!_zeros.IsEmpty)
        {
            Kernels.Fill(_zeros, 0);
        }

        if (HasWeight)
        {
            int first = ResetsBefore ? 2 * Width : Blocks * Width;
            _product = new RecurrentProduct(step, arguments, 0, first);
            _resetProduct = ResetsBefore ? new RecurrentProduct(step, arguments, first, Width) : default;
        }
    }

    internal RecurrentArguments Arguments { get; private set; }

    internal Tensor Output { get; private set; }

    internal bool Recorded { get; private set; }

    internal int Width { get; private set; }

    internal int Blocks { get; private set; }

    internal RecurrentPass Pass => Arguments.Pass;

    internal IKernels Kernels => Arguments.Inputs.Kernels;

    internal bool HasWeight => !Arguments.Weight.IsNone;

    internal bool ResetsBefore => Pass.Cell == RecurrentCell.GruResetBefore;

    /// <summary>All rows of all steps.</summary>
    internal int Rows => Arguments.Inputs.Shape.Rows;

    /// <summary>The rows of the walk's first step, which has the most.</summary>
    internal int MostRows => ActiveRows(0);

    /// <summary>The number of steps.</summary>
    internal int Steps => Arguments.IsWhole ? Pass.Time!.Steps : 1;

    /// <summary>The hidden states of all rows.</summary>
    internal Storage<float> HiddenStates => Output.Storage.Slice(0, (long)Rows * Width);

    /// <summary>r · h' of all rows, for the unit that resets before the product.</summary>
    internal Storage<float> Resets => _reset;

    internal int FirstRow(int step) => Arguments.IsWhole ? Pass.Time!.First(step) : 0;

    internal int ActiveRows(int step) => Arguments.IsWhole ? (Steps == 0 ? 0 : Pass.Time!.Active(step)) : Rows;

    /// <summary>The step's number in the sequence.</summary>
    internal int StepNumber(int step) => Arguments.IsWhole ? step : Arguments.StepNumber;

    /// <summary>Where the first row of a step lies among the rows in time.</summary>
    internal int FirstRowInTime(int step) => Pass.Time is { } time ? time.First(StepNumber(step)) : 0;

    internal void Forward()
    {
        for (int step = 0; step < Steps; step++)
        {
            Forward(step);
        }

        if (!Recorded)
        {
            Step owner = Output.Owner.AsStep!;
            owner.Release(_gates);
            owner.Release(_reset);
            owner.Release(_dropped);
            owner.Release(_zeros);
        }
    }

    /// <summary>A step's part of something that has some columns for every row.</summary>
    internal Storage<float> RowsOf(Storage<float> all, int step, int columns) =>
        all.Slice((long)FirstRow(step) * columns, (long)ActiveRows(step) * columns);

    /// <summary>A step's part of the hidden states, or of the cell states, or of their gradients.</summary>
    internal Storage<float> StatesOf(Storage<float> all, int step, int rows, bool cell) =>
        cell && !RecurrentPass.HasCellState(Pass.Cell) ? default
            : all.Slice(((cell ? (long)Rows : 0) + FirstRow(step)) * Width, (long)rows * Width);

    /// <summary>The step as the kernels see it.</summary>
    internal CellStep StepOf(int step)
    {
        int rows = ActiveRows(step);
        Storage<float> gates = Recorded ? RowsOf(_gates, step, Blocks * Width) : _gates.Slice(0, (long)rows * Blocks * Width);
        return new CellStep(
            Pass.Cell, Width, RowsOf(Arguments.Inputs.Storage, step, Blocks * Width), HasProducts(step), gates,
            Previous(step, Arguments.Hidden, cell: false), Previous(step, Arguments.Cell, cell: true),
            StatesOf(Output.Storage, step, rows, cell: false), StatesOf(Output.Storage, step, rows, cell: true));
    }

    /// <summary>What a step of the unit that resets before its product multiplies.</summary>
    internal Storage<float> ResetOf(int step) =>
        Recorded ? RowsOf(_reset, step, Width) : _reset.Slice(0, (long)ActiveRows(step) * Width);

    /// <summary>The previous hidden state as the product sees it: with the sentence's elements dropped.</summary>
    internal Storage<float> ProductSource(int step, Storage<float> previousHidden)
    {
        DropoutMask mask = Pass.StateDropout(FirstRowInTime(step), ActiveRows(step));
        if (mask.KeepsAll)
        {
            return previousHidden;
        }

        Storage<float> dropped = _dropped.Slice(0, previousHidden.Length);
        Kernels.Dropout(previousHidden, default, dropped, Width, mask);
        return dropped;
    }

    // From zeros without a bias there is nothing to multiply; the unit that resets before its product works its gates out on the way there.
    private bool HasProducts(int step) => HasWeight
        ? step > 0 || ResetsBefore || !Arguments.Hidden.IsNone || !Arguments.Bias.IsNone
        : !Arguments.Products.IsNone;

    private Storage<float> Previous(int step, Tensor initial, bool cell)
    {
        int rows = ActiveRows(step);
        return cell && !RecurrentPass.HasCellState(Pass.Cell) ? default
            : step > 0 ? StatesOf(Output.Storage, step - 1, rows, cell)
            : (initial.IsNone ? _zeros : initial.Storage).Slice(0, (long)rows * Width);
    }

    private void Forward(int step)
    {
        CellStep cell = StepOf(step);
        if (!Arguments.Products.IsNone)
        {
            Kernels.Copy(Arguments.Products.Storage, cell.Gates);
        }
        else if (cell.HasProducts)
        {
            Multiply(step, cell);
        }

        Kernels.CellForward(cell);
        int rows = ActiveRows(step);
        Storage<uint> noise = Pass.NoiseKeys(StepNumber(step), rows, out uint site);
        if (!noise.IsEmpty)
        {
            Kernels.AddNoise(cell.Hidden, Pass.Options.HiddenNoise, Width, noise, site);
        }

        Zoneout(cell.PreviousHidden, cell.Hidden, Pass.HiddenZoneout(StepNumber(step), rows));
        Zoneout(cell.PreviousCell, cell.State, Pass.CellZoneout(StepNumber(step), rows));
    }

    private void Multiply(int step, in CellStep cell)
    {
        Storage<float> source = ProductSource(step, cell.PreviousHidden);
        var gates = new Matrix(cell.Gates, ActiveRows(step), Blocks * Width);
        _product.Multiply(Kernels, new Matrix(source, gates.Rows, Width), gates);
        if (ResetsBefore)
        {
            Kernels.ResetForward(cell with { PreviousHidden = source }, ResetOf(step));
            _resetProduct.Multiply(Kernels, new Matrix(ResetOf(step), gates.Rows, Width), gates);
        }
    }

    private void Zoneout(Storage<float> previous, Storage<float> states, in DropoutMask mask)
    {
        if (!mask.KeepsAll)
        {
            Kernels.Zoneout(previous, states, states, Width, mask);
        }
    }
}
