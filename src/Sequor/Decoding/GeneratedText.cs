namespace Sequor.Decoding;

/// <summary>One output as text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Hypothesis">Its pieces and scores.</param>
public sealed record GeneratedHypothesis(string Text, Hypothesis Hypothesis);

/// <summary>What became of one source.</summary>
/// <param name="Index">Its place among the sources, from 0.</param>
/// <param name="Source">The source as it was given.</param>
/// <param name="SourceWasCut">Whether the source was longer than the model can read, and its end was left out.</param>
/// <param name="Hypotheses">The outputs, best first; none for an empty source.</param>
/// <param name="Pieces">The pieces of the best output.</param>
public sealed record GeneratedText(
    int Index, string Source, bool SourceWasCut, IReadOnlyList<GeneratedHypothesis> Hypotheses, IReadOnlyList<string> Pieces)
{
    /// <summary>The pieces of the source as the model read it, its end sign last, where attention was recorded; else empty.</summary>
    public IReadOnlyList<string> SourcePieces { get; init; } = [];

    /// <summary>How many pieces of the source the model read, its end sign not counted; 0 for an empty source.</summary>
    public int SourceLength { get; init; }

    /// <summary>The best output's text; empty for an empty source.</summary>
    public string Text => Hypotheses.Count == 0 ? "" : Hypotheses[0].Text;

    internal static GeneratedText Empty(int index, string source) => new(index, source, false, [], []);
}
