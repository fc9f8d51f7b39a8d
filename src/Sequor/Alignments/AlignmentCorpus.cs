namespace Sequor.Alignments;

/// <summary>Sentence pairs as word numbers, in one block for each side.</summary>
public sealed class AlignmentCorpus
{
    /// <summary>Starts without pairs.</summary>
    /// <param name="sourceWords">The source words, which may grow meanwhile.</param>
    /// <param name="targetWords">The target words, which may grow meanwhile.</param>
    /// <param name="isOfPieces">Whether words are the pieces of a vocabulary, numbered by its ids. Default false.</param>
    public AlignmentCorpus(WordNumbers sourceWords, WordNumbers targetWords, bool isOfPieces = false)
    {
        ArgumentNullException.ThrowIfNull(sourceWords);
        ArgumentNullException.ThrowIfNull(targetWords);
        (SourceWords, TargetWords, IsOfPieces) = (sourceWords, targetWords, isOfPieces);
    }

    /// <summary>The source words.</summary>
    public WordNumbers SourceWords { get; }

    /// <summary>The target words.</summary>
    public WordNumbers TargetWords { get; }

    /// <summary>Whether words are the pieces of a vocabulary.</summary>
    public bool IsOfPieces { get; }

    /// <summary>How many pairs there are.</summary>
    public int Count => Sources.Count;

    /// <summary>How many source words the pairs have together.</summary>
    public long SourceLength => Sources.Words;

    /// <summary>How many target words the pairs have together.</summary>
    public long TargetLength => Targets.Words;

    internal SentenceStore Sources { get; } = new();

    internal SentenceStore Targets { get; } = new();

    /// <summary>The numbers of a pair's source words.</summary>
    /// <param name="pair">The pair, from 0.</param>
    public ReadOnlySpan<int> Source(int pair) => Sources[pair];

    /// <summary>The numbers of a pair's target words.</summary>
    /// <param name="pair">The pair, from 0.</param>
    public ReadOnlySpan<int> Target(int pair) => Targets[pair];

    /// <summary>Adds a pair. One with an empty side has no links and teaches nothing.</summary>
    /// <param name="source">Numbers of source words; -1 for a word that is not known.</param>
    /// <param name="target">Numbers of target words; -1 for a word that is not known.</param>
    public void Add(ReadOnlySpan<int> source, ReadOnlySpan<int> target)
    {
        Sources.Add(source);
        Targets.Add(target);
    }
}
