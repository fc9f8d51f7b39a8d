namespace Sequor.Decoding.Constraints;

/// <summary>Tells where words end.</summary>
internal interface IWordBoundaries
{
    /// <summary>Whether a piece begins a new word, or something that is no word, behind another piece.</summary>
    /// <param name="previous">The piece before; <see cref="ConstraintMachine.NoPiece"/> at the beginning.</param>
    /// <param name="id">The piece.</param>
    bool Between(int previous, int id);
}
