using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>One time step of a recurrent cell for some rows; H is the width, G the number of the cell's blocks.</summary>
/// <param name="Cell">The cell; <see cref="RecurrentCell"/> has the formulas.</param>
/// <param name="Width">H.</param>
/// <param name="Inputs">The input products, [rows, G · H].</param>
/// <param name="HasProducts">Whether the gates hold products of the previous hidden state; otherwise their contents count as 0.</param>
/// <param name="Gates">[rows, G · H]. Before the step the recurrent products; after it what the way back needs: each block's value after its nonlinearity,
/// but for <see cref="RecurrentCell.Gru"/> the last block keeps its product.</param>
/// <param name="PreviousHidden">h', [rows, H].</param>
/// <param name="PreviousCell">c', [rows, H]; empty for cells that have none.</param>
/// <param name="Hidden">h, [rows, H].</param>
/// <param name="State">c, [rows, H]; empty for cells that have none.</param>
public readonly record struct CellStep(
    RecurrentCell Cell,
    int Width,
    Storage<float> Inputs,
    bool HasProducts,
    Storage<float> Gates,
    Storage<float> PreviousHidden,
    Storage<float> PreviousCell,
    Storage<float> Hidden,
    Storage<float> State);
