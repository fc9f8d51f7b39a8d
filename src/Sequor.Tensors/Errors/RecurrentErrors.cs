using Sequor.Tensors.Autograd;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors.Errors;

/// <summary>Every sentence that recurrent ops can fail with, written once.</summary>
internal static class RecurrentErrors
{
    internal static void CheckCell(string operation, RecurrentPass pass, Shape inputs, Tensor weight, Tensor bias, Tensor cellState)
    {
        int width = CheckInputs(operation, pass, inputs);
        CheckCellState(operation, pass, cellState);
        if (pass.Cell == RecurrentCell.Ssru != weight.IsNone)
        {
            throw new ArgumentException(weight.IsNone
                ? $"{operation}: the cell {pass.Cell} multiplies its hidden state with a recurrent weight, but none was given."
                : $"{operation}: the cell {pass.Cell} has no recurrent product, but a recurrent weight {weight.Shape} was given.");
        }

        if (!weight.IsNone)
        {
            ShapeErrors.CheckSame(operation, "recurrent weight", weight.Shape, [inputs.Width, width]);
        }

        if (!bias.IsNone)
        {
            ShapeErrors.CheckSame(operation, "recurrent bias", bias.Shape, [inputs.Width]);
        }
    }

    internal static void CheckProducts(string operation, RecurrentPass pass, Shape inputs, Tensor products, Tensor cellState)
    {
        CheckInputs(operation, pass, inputs);
        CheckCellState(operation, pass, cellState);
        if (pass.Cell == RecurrentCell.GruResetBefore || (pass.Cell == RecurrentCell.Gru && products.IsNone))
        {
            throw new ArgumentException(
                $"{operation}: the cell {pass.Cell} cannot go on from sums alone. Use RecurrentStep, which multiplies with the weight itself" +
                (pass.Cell == RecurrentCell.Gru ? ", or give the products." : "."));
        }

        if (!products.IsNone)
        {
            ShapeErrors.CheckSame(operation, "products", products.Shape, inputs);
        }
    }

    internal static void CheckStep(string operation, RecurrentPass pass, int step, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (pass.Time is { } time && (step >= time.Steps || rows != time.Active(step)))
        {
            throw new ShapeException(step >= time.Steps
                ? $"{operation} of step {step}: the longest sentence has {time.Steps} rows."
                : $"{operation} of step {step} with {rows} rows: {time.Active(step)} sentences have a row in this step.");
        }
    }

    internal static void CheckStates(string operation, in RecurrentArguments arguments)
    {
        int rows = arguments.IsWhole ? arguments.Pass.Time!.Count : arguments.Inputs.Shape.Rows;
        CheckState(operation, "hidden state", arguments.Hidden, rows, arguments.Width);
        CheckState(operation, "cell state", arguments.Cell, rows, arguments.Width);
    }

    internal static void CheckChances(string operation, RecurrentPass pass, Step step)
    {
        RecurrentOptions options = pass.Options;
        bool random = options.StateDropout > 0 || options.HiddenNoise > 0 || options.HiddenZoneout > 0 || options.CellZoneout > 0;
        if (random && step.Options.Dropout && pass.Time is null)
        {
            throw new InvalidOperationException(
                $"{operation}: the step was opened with dropout, and random choices are keyed by sentences. Make the pass with a time layout.");
        }

        if (pass.Time is { } time && !ReferenceEquals(time.Step, step))
        {
            LifetimeErrors.DifferentSteps();
        }
    }

    private static int CheckInputs(string operation, RecurrentPass pass, Shape inputs)
    {
        int blocks = RecurrentPass.BlocksOf(pass.Cell);
        ShapeErrors.CheckRank(operation, "the input", inputs, 2);
        return inputs.Width % blocks == 0 ? inputs.Width / blocks : throw new ShapeException(
            $"{operation}: the input has shape {inputs}, but a cell {pass.Cell} needs {blocks} blocks of equal width in each row.");
    }

    private static void CheckCellState(string operation, RecurrentPass pass, Tensor cellState)
    {
        if (!cellState.IsNone && !RecurrentPass.HasCellState(pass.Cell))
        {
            throw new ArgumentException($"{operation}: the cell {pass.Cell} has no cell state beside its hidden state, but one was given.");
        }
    }

    private static void CheckState(string operation, string role, Tensor state, int rows, int width)
    {
        if (!state.IsNone)
        {
            ShapeErrors.CheckSame(operation, role, state.Shape, [rows, width]);
        }
    }
}
