using Sequor.Tensors.Autograd;

namespace Sequor.Tensors.Ops;

/// <summary>What a recurrent op was given, already checked.</summary>
/// <param name="Pass">The layer's pass.</param>
/// <param name="StepNumber">The number of the step, for a walk of one.</param>
/// <param name="IsWhole">Whether all steps of the pass are walked.</param>
/// <param name="Inputs">The input products, [rows, G · H].</param>
/// <param name="Weight">The recurrent weight, [G · H, H], or none.</param>
/// <param name="Bias">[G · H], or none.</param>
/// <param name="Products">The recurrent products, [rows, G · H], where there is no weight; or none.</param>
/// <param name="Hidden">The hidden state before the first step, [rows of the first step, H], or none.</param>
/// <param name="Cell">The cell state before the first step, [rows of the first step, H], or none.</param>
internal readonly record struct RecurrentArguments(
    RecurrentPass Pass, int StepNumber, bool IsWhole, Tensor Inputs, Tensor Weight, Tensor Bias, Tensor Products, Tensor Hidden, Tensor Cell)
{
    /// <summary>H.</summary>
    internal int Width => Inputs.Shape.Width / RecurrentPass.BlocksOf(Pass.Cell);

    /// <summary>Whether anything here takes part in gradients.</summary>
    internal bool WantGradients =>
        Gradients.Wants(Inputs) || Gradients.Wants(Weight) || Gradients.Wants(Bias)
        || Gradients.Wants(Products) || Gradients.Wants(Hidden) || Gradients.Wants(Cell);

    /// <summary>The step that all of these belong to.</summary>
    internal Step RequiredStep(string operation)
    {
        Step? others = Op.StepOf(Op.StepOf(Inputs, Weight, Bias, Products, Hidden), Cell);
        return others ?? Op.RequiredStep(operation, Inputs);
    }

    /// <summary>Keeps every block of memory until the step ends.</summary>
    internal void Borrow(Step step)
    {
        step.Borrow(Inputs);
        step.Borrow(Weight);
        step.Borrow(Bias);
        step.Borrow(Products);
        step.Borrow(Hidden);
        step.Borrow(Cell);
    }

    /// <summary>The walk back reads all of these.</summary>
    internal void KeepForBackward(Step step)
    {
        step.KeepForBackward(Inputs);
        step.KeepForBackward(Weight);
        step.KeepForBackward(Products);
        step.KeepForBackward(Hidden);
        step.KeepForBackward(Cell);
    }
}
