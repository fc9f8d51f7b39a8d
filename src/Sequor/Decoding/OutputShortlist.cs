using Sequor.Alignments;

namespace Sequor.Decoding;

/// <summary>
/// Lets every sentence choose among a part of the vocabulary only: the likeliest translations of its pieces, the most frequent pieces, the end sign, and what its
/// caller wills. Logits of the rest are not worked out; a sentence's part depends on the sentence alone.
/// </summary>
/// <param name="table">A lexical table of the models' pieces, as <c>sequor align</c> makes it.</param>
public sealed class OutputShortlist(LexicalTable table)
{
    /// <summary>How often a step is looked at where <see cref="Exactness"/> is asked for: every so many.</summary>
    internal const int StepsBetweenChecks = 8;

    /// <summary>The lexical table.</summary>
    public LexicalTable Table { get; } = table ?? throw new ArgumentNullException(nameof(table));

    /// <summary>Pieces that are always allowed besides the end sign and the frequent ones. Default none.</summary>
    public IReadOnlyList<int> Always { get; init; } = [];

    /// <summary>Whether the source's own pieces are allowed too, so that names can be copied; for a vocabulary that both sides share. Default false.</summary>
    public bool Copies { get; init; }

    /// <summary>Counts how often the best piece of the whole vocabulary was not in the list; costs the logits of the whole vocabulary in one of eight steps.
    /// Null for no count. Default null.</summary>
    public ShortlistExactness? Exactness { get; init; }
}
