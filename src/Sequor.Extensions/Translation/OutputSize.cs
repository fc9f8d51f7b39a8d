using Sequor.Decoding;

namespace Sequor.Extensions.Translation;

/// <summary>Estimates the memory of outputs.</summary>
internal static class OutputSize
{
    private const int BytesOfObject = 64;

    /// <summary>About the bytes that an output takes.</summary>
    internal static long Of(GeneratedText output) =>
        BytesOfObject + (2L * output.Source.Length) + Of(output.Pieces) + Of(output.SourcePieces)
        + output.Hypotheses.Sum(one => BytesOfObject + (2L * one.Text.Length) + Of(one.Hypothesis));

    private static long Of(Hypothesis hypothesis) =>
        (2L * BytesOfObject) + (4L * hypothesis.Ids.Length) + (4L * hypothesis.TokenLogProbabilities.Length)
        + hypothesis.Attention.Sum(row => 24 + (4L * row.Length)) + (BytesOfObject * (long)hypothesis.Constraints.Count);

    // Pieces are the vocabulary's own strings: only the references count.
    private static long Of(IReadOnlyList<string> pieces) => 8L * pieces.Count;
}
