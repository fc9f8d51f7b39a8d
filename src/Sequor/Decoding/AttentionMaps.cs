namespace Sequor.Decoding;

/// <summary>What every head of a model's decoder looks at in a source while it writes a given output.</summary>
/// <param name="SourcePieces">The pieces of the source as the model reads it, S, its end sign last.</param>
/// <param name="TargetPieces">The pieces of the output, T, its end sign last.</param>
/// <param name="SourceWasCut">Whether the source was longer than the model can read, and its end was left out.</param>
/// <param name="Layers">For each layer of the decoder that looks at the source, lowest first, [H][T][S]: for each head and each target piece how much was looked at each
/// source piece when that target piece was to be written. Shares sum to 1 over the source, or to less where a window weighs them (Luong et al. 2015, eq. 10).</param>
public sealed record AttentionMaps(
    IReadOnlyList<string> SourcePieces, IReadOnlyList<string> TargetPieces, bool SourceWasCut, IReadOnlyList<float[][][]> Layers);
