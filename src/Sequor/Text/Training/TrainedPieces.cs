namespace Sequor.Text.Training;

/// <summary>What training found: every piece of the vocabulary in the order of its id.</summary>
/// <param name="Pieces">Text, score (log probability or minus the merge's number; 0 for given pieces) and kind.</param>
internal sealed record TrainedPieces(IReadOnlyList<(string Piece, float Score, PieceType Type)> Pieces);
