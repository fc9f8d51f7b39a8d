using Sequor.Text;

namespace Sequor.Batching;

/// <summary>A sentence and what it becomes.</summary>
/// <param name="Source">The text that is read.</param>
/// <param name="Target">The text that is written.</param>
public readonly record struct SentencePair(string Source, string Target);

/// <summary>A sentence pair with its number in the corpora.</summary>
/// <param name="Number">
/// The corpus' index times 2^40 plus the line, from 0: the same in every run, whatever is filtered out before it.
/// </param>
/// <param name="Source">The text that is read.</param>
/// <param name="Target">The text that is written.</param>
public readonly record struct NumberedPair(long Number, string Source, string Target)
{
    private const int LineBits = 40;

    /// <summary>Which words of <see cref="Source"/> and <see cref="Target"/>, prefixes included, belong together; null where nobody says.</summary>
    public IReadOnlyList<AlignmentLink>? Alignment { get; init; }

    /// <summary>Whether there is a target only, and the source is empty because its corpus has none.</summary>
    public bool IsTargetOnly { get; init; }

    /// <summary>The pair without its number.</summary>
    public SentencePair Pair => new(Source, Target);

    /// <summary>Which corpus the pair is from, from 0.</summary>
    public int Corpus => (int)(Number >> LineBits);

    /// <summary>The line in its corpus, from 1.</summary>
    public long Line => (Number & ((1L << LineBits) - 1)) + 1;

    /// <summary>The number of a line in the corpora.</summary>
    /// <param name="corpus">Index of the corpus, from 0.</param>
    /// <param name="line">The line, from 1.</param>
    public static long NumberOf(int corpus, long line) => ((long)corpus << LineBits) + line - 1;
}
