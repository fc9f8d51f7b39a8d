using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Runs a recurrent cell over all steps of a batch.</summary>
    /// <param name="pass">The cell, its settings, and the order of the rows.</param>
    /// <param name="weight">The recurrent weight, [G · H, H] with the gates' blocks one below the other, where this tensor holds the input products of all rows
    /// in the order of time, [N, G · H]; none for <see cref="RecurrentCell.Ssru"/>.</param>
    /// <param name="bias">Added to the recurrent products, [G · H], or none.</param>
    /// <param name="initial">The state of each sentence before its first step, [B, H] in the order of the sentences; zeros when left out.</param>
    /// <returns>The states of all rows, [N, H] in the order of time.</returns>
    /// <exception cref="ShapeException">Sizes do not fit the cell or each other.</exception>
    /// <exception cref="ArgumentException">The pass has no time, or weight or initial cell state are given to a cell without them, or missing.</exception>
    public RecurrentSequence Recurrence(RecurrentPass pass, Tensor weight, Tensor bias = default, RecurrentState initial = default)
    {
        ArgumentNullException.ThrowIfNull(pass);
        if (pass.Time is not { } time)
        {
            throw new ArgumentException("Recurrence walks all steps of a batch: its pass must be made with a time layout.", nameof(pass));
        }

        ShapeErrors.CheckRows("Recurrence", "the input", Shape, time.Rows);
        RecurrentErrors.CheckCell("Recurrence", pass, Shape, weight, bias, initial.Cell);
        var sorted = new RecurrentState(
            initial.Hidden.IsNone ? default : initial.Hidden.SentencesToTime(time),
            initial.Cell.IsNone ? default : initial.Cell.SentencesToTime(time));
        RecurrentState states = Walk("Recurrence", new RecurrentArguments(
            pass, 0, true, this, weight, bias, default, sorted.Hidden, sorted.Cell));
        return new RecurrentSequence(states.Hidden, states.Cell, time);
    }

    /// <summary>Runs a recurrent cell over one step, with the bits that <see cref="Recurrence"/> has for the same rows.</summary>
    /// <param name="pass">The cell and its settings; the same object for all steps of a batch.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="weight">The recurrent weight, [G · H, H], where this tensor holds the input products of the step's rows, [R, G · H]; none for
    /// <see cref="RecurrentCell.Ssru"/>.</param>
    /// <param name="bias">Added to the recurrent products, [G · H], or none.</param>
    /// <param name="previous">The state before the step, [R, H] or more rows, of which the first R count; zeros when left out.</param>
    /// <returns>The state after the step, [R, H].</returns>
    /// <exception cref="ShapeException">Sizes do not fit the cell or each other.</exception>
    /// <exception cref="ArgumentException">Weight or cell state are given to a cell without them, or the weight is missing.</exception>
    public RecurrentState RecurrentStep(RecurrentPass pass, int step, Tensor weight, Tensor bias, RecurrentState previous)
    {
        ArgumentNullException.ThrowIfNull(pass);
        RecurrentErrors.CheckCell("RecurrentStep", pass, Shape, weight, bias, previous.Cell);
        return WalkStep("RecurrentStep", pass, step, weight, bias, default, previous);
    }

    /// <summary>One step of a recurrent cell whose recurrent products are worked out already (or contained in the inputs, when left out).</summary>
    /// <param name="pass">The cell and its settings; not <see cref="RecurrentCell.GruResetBefore"/>, whose last product needs the reset gate.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="products">The recurrent products with their bias, [R, G · H] as this tensor, or none.</param>
    /// <param name="previous">The state before the step, [R, H] or more rows, of which the first R count; zeros when left out.</param>
    /// <returns>The state after the step, [R, H].</returns>
    /// <exception cref="ShapeException">Sizes do not fit the cell or each other.</exception>
    /// <exception cref="ArgumentException">The cell needs its weight, or has no cell state and is given one.</exception>
    public RecurrentState CellStep(RecurrentPass pass, int step, Tensor products, RecurrentState previous)
    {
        ArgumentNullException.ThrowIfNull(pass);
        RecurrentErrors.CheckProducts("CellStep", pass, Shape, products, previous.Cell);
        return WalkStep("CellStep", pass, step, default, default, products, previous);
    }

    /// <summary>The hidden state before a step as its recurrent product is to see it: with the elements dropped that <see cref="RecurrentOptions.StateDropout"/>
    /// drops for each sentence, and without a way back where <see cref="RecurrentOptions.DetachEvery"/> cuts. <see cref="Recurrence"/> and
    /// <see cref="RecurrentStep"/> do this themselves; it is for products that are worked out for <see cref="CellStep"/>.</summary>
    /// <param name="pass">The layer's pass; the same object for all steps of a batch.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <returns>[R, H], where this is the state of the step's rows, [R, H].</returns>
    /// <exception cref="ShapeException">The rows are not those of the step.</exception>
    public Tensor SeenBy(RecurrentPass pass, int step)
    {
        ArgumentNullException.ThrowIfNull(pass);
        RecurrentErrors.CheckStep("SeenBy", pass, step, Shape.Rows);
        Tensor seen = pass.DetachesBefore(step) ? Detach() : this;
        DropoutMask mask = pass.StateDropout(pass.Time?.First(step) ?? 0, Shape.Rows);
        if (mask.KeepsAll)
        {
            return seen;
        }

        Tensor result = Op.ResultIn(pass.Time!.Step, Shape, out bool recorded, seen);
        Kernels.Dropout(seen.Storage, default, result.Storage, Shape.Width, mask);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = DropoutBackward, Unread = TapeValues.All, Output = result, A = seen, Mask = mask });
        }

        return result;
    }

    private RecurrentState WalkStep(
        string operation, RecurrentPass pass, int step, Tensor weight, Tensor bias, Tensor products, RecurrentState previous)
    {
        int rows = Shape.Rows;
        RecurrentErrors.CheckStep(operation, pass, step, rows);
        var first = new RecurrentState(
            previous.Hidden.IsNone ? default : previous.Hidden.RowRange(0, rows), previous.Cell.IsNone ? default : previous.Cell.RowRange(0, rows));
        return Walk(operation, new RecurrentArguments(pass, step, false, this, weight, bias, products, first.Hidden, first.Cell));
    }

    private static RecurrentState Walk(string operation, in RecurrentArguments arguments)
    {
        Step step = arguments.RequiredStep(operation);
        RecurrentErrors.CheckStates(operation, arguments);
        RecurrentErrors.CheckChances(operation, arguments.Pass, step);
        bool recorded = step.Options.RecordGradients && arguments.WantGradients;
        RecurrentWork work = recorded ? new RecurrentWork() : arguments.Pass.Work;
        work.Prepare(arguments, step, recorded);
        work.Forward();
        if (recorded)
        {
            arguments.KeepForBackward(step);
            Op.Remember(new TapeEntry { Backward = RecurrentWalkBack.Run, Output = work.Output, Details = work });
        }

        bool hasCell = RecurrentPass.HasCellState(arguments.Pass.Cell);
        return new RecurrentState(
            hasCell ? work.Output.RowRange(0, work.Rows) : work.Output, hasCell ? work.Output.RowRange(work.Rows, work.Rows) : default);
    }
}
