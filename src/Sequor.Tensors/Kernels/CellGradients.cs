using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>The gradients of one time step of a recurrent cell.</summary>
/// <param name="Hidden">Of h, [rows, H].</param>
/// <param name="State">Of c, [rows, H]; empty for cells that have none.</param>
/// <param name="Inputs">Of the input products, [rows, G · H]; written.</param>
/// <param name="Products">Of the recurrent products where they differ from the inputs', which is so for <see cref="RecurrentCell.Gru"/> only,
/// [rows, G · H]; written. Empty when not wanted.</param>
/// <param name="PreviousHidden">Of h', without what comes through the products, [rows, H]; added to. Empty when not wanted.</param>
/// <param name="PreviousCell">Of c', [rows, H]; added to. Empty when not wanted.</param>
public readonly record struct CellGradients(
    Storage<float> Hidden,
    Storage<float> State,
    Storage<float> Inputs,
    Storage<float> Products,
    Storage<float> PreviousHidden,
    Storage<float> PreviousCell);
