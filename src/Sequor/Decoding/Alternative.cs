namespace Sequor.Decoding;

/// <summary>A way in which an output may go on behind given text.</summary>
/// <param name="Word">The word that the piece begins or goes on with, as <paramref name="Output"/> has it; empty where the output ends.</param>
/// <param name="Piece">The next piece.</param>
/// <param name="Probability">p of the piece behind the given text, 0 to 1; with language models the exponential of the fused score, which is no probability.</param>
/// <param name="Output">The best whole output that goes on so.</param>
public sealed record Alternative(string Word, string Piece, double Probability, GeneratedHypothesis Output);
