namespace Sequor.Alignments;

/// <summary>
/// One translation of a word. Sixteen bytes, so that the probability that is read and the count that is added to share a cache line, which is all
/// that aligning a word costs.
/// </summary>
internal struct TranslationEntry
{
    /// <summary>The number of the word that is written, plus 1; 0 marks a free slot.</summary>
    internal int Key;

    /// <summary>p(written | given).</summary>
    internal float Probability;

    /// <summary>The expected count in units of 2^-36: whole numbers add up to the same sum in any order, so threads need no order.</summary>
    internal long Count;
}
