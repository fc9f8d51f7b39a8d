namespace Sequor.Decoding.Benchmarks;

/// <summary>One sentence of a benchmark.</summary>
/// <param name="TargetTokens">Pieces of its best output, the end sign included.</param>
/// <param name="Seconds">Wall time from when it was taken to when its outputs were there.</param>
public readonly record struct DecodedSentence(int TargetTokens, double Seconds);
