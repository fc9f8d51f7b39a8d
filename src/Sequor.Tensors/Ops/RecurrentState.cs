using Sequor.Tensors.Autograd;

namespace Sequor.Tensors;

/// <summary>What a recurrent layer carries from step to step.</summary>
/// <param name="Hidden">The hidden state, [R, H]; none stands for zeros.</param>
/// <param name="Cell">The cell state of <see cref="RecurrentCell.Lstm"/> and <see cref="RecurrentCell.Ssru"/>, [R, H]; none stands for zeros, or for a cell without one.</param>
public readonly record struct RecurrentState(Tensor Hidden, Tensor Cell = default)
{
    /// <summary>The same numbers as constants: gradients end here.</summary>
    public RecurrentState Detach() => new(Hidden.IsNone ? default : Hidden.Detach(), Cell.IsNone ? default : Cell.Detach());
}

/// <summary>The states of all steps of a recurrent layer.</summary>
/// <param name="Hidden">The hidden state after every step, in the order of time, [N, H].</param>
/// <param name="Cell">The cell state after every step, in the order of time, [N, H]; none for a cell without one.</param>
/// <param name="Time">The order of the rows.</param>
public readonly record struct RecurrentSequence(Tensor Hidden, Tensor Cell, TimeLayout Time)
{
    /// <summary>Each sentence's state after its own last step, in the order of the sentences, [B, H].</summary>
    public RecurrentState Final() => new(Hidden.LastRows(Time), Cell.IsNone ? default : Cell.LastRows(Time));
}
