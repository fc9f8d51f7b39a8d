using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <content>Recurrent cells.</content>
public partial interface IKernels
{
    /// <summary>One time step of a recurrent cell, after its products; the row's results depend on that row only.</summary>
    /// <param name="step">The cell and its memory.</param>
    void CellForward(in CellStep step);

    /// <summary>The gradient of <see cref="CellForward"/>, in which the hidden state and the cell state of the step are not read.</summary>
    /// <param name="step">As after the forward pass.</param>
    /// <param name="gradients">What flows in, and where it goes.</param>
    void CellBackward(in CellStep step, in CellGradients gradients);

    /// <summary>The first half of a step of <see cref="RecurrentCell.GruResetBefore"/>: r and z, and what the last product reads.</summary>
    /// <param name="step">The gates' first two blocks hold their products before, r and z after; the third is neither read nor written.</param>
    /// <param name="reset">r · h', [rows, H].</param>
    void ResetForward(in CellStep step, Storage<float> reset);

    /// <summary>The gradient of <see cref="ResetForward"/>.</summary>
    /// <param name="step">As after the forward pass.</param>
    /// <param name="dReset">Of r · h', [rows, H].</param>
    /// <param name="dInputs">Of the input products, [rows, 3 H]: only the first block is written.</param>
    /// <param name="dPreviousHidden">Of h', [rows, H]; added to. Empty when not wanted.</param>
    void ResetBackward(in CellStep step, Storage<float> dReset, Storage<float> dInputs, Storage<float> dPreviousHidden);

    /// <summary>Zoneout (Krueger et al. 2017): elements that the mask drops keep their previous value. y may be x.</summary>
    /// <param name="previous">[rows, width].</param>
    /// <param name="x">The new values, [rows, width].</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="mask">Which elements change; without row keys, every element becomes its expectation, p · previous + (1 - p) · x.</param>
    void Zoneout(Storage<float> previous, Storage<float> x, Storage<float> y, int width, in DropoutMask mask);

    /// <summary>The gradient of <see cref="Zoneout"/>: dprevious (+=, empty when not wanted) and, in place, dx from dy.</summary>
    void ZoneoutBackward(Storage<float> dy, Storage<float> dPrevious, int width, in DropoutMask mask);

    /// <summary>x += deviation · standard normal numbers drawn by counter from row key, site key and column (Box and Muller 1958).</summary>
    /// <param name="x">[rows, width], changed in place.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rowKeys">One key per row, [rows].</param>
    /// <param name="siteKey">The key of this place in the model at this update.</param>
    void AddNoise(Storage<float> x, float deviation, int width, Storage<uint> rowKeys, uint siteKey);
}
