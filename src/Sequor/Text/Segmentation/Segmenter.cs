namespace Sequor.Text.Segmentation;

/// <summary>A piece as a stretch of the normalised text.</summary>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Id">Its id, the unknown one's where no piece fits.</param>
internal readonly record struct PieceSpan(int Start, int Length, int Id);

/// <summary>A segmentation and its score.</summary>
/// <param name="Spans">Its pieces.</param>
/// <param name="Score">The sum of their scores.</param>
internal sealed record ScoredSpans(List<PieceSpan> Spans, float Score);

/// <summary>Cuts normalised text; one class for every algorithm a model may name. Safe for many threads, each with its own workspace.</summary>
internal abstract class Segmenter
{
    /// <summary>Appends the best segmentation of <c>workspace.Normalized</c> to <c>workspace.Spans</c>.</summary>
    public abstract void Segment(Workspace workspace);

    /// <summary>Appends a segmentation drawn by chance.</summary>
    public virtual void Sample(Workspace workspace, SamplingOptions options, ulong key) =>
        throw new NotSupportedException(
            "Word and character models know one segmentation of a text and cannot sample others; " +
            "use a BPE or unigram model for that, or switch sampling off.");

    /// <summary>The segmenter for the algorithm that a model names.</summary>
    public static Segmenter For(SentencePieceModel model, PieceTable table, SymbolMatcher symbols) => model.Algorithm switch
    {
        SubwordAlgorithm.Bpe => new BpeSegmenter(table, symbols),
        SubwordAlgorithm.Word => new WordSegmenter(table),
        SubwordAlgorithm.Character => new CharacterSegmenter(table, symbols),
        _ => new UnigramSegmenter(table),
    };
}
