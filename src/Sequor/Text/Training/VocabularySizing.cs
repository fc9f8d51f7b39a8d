namespace Sequor.Text.Training;

/// <summary>Chooses a vocabulary size for a corpus nobody has chosen one for.</summary>
public static class VocabularySizing
{
    private static readonly (long BelowPairs, int Size)[] Steps =
        [(10_000, 2_000), (30_000, 4_000), (300_000, 8_000), (1_000_000, 16_000)];

    private const int LargestJoint = 32_000;

    /// <summary>
    /// A size for subword vocabularies by the number of sentence pairs. Small corpora need small vocabularies, because a piece
    /// must be seen often to be learned (Sennrich and Zhang 2019, "Revisiting low-resource neural machine translation").
    /// </summary>
    /// <param name="sentencePairs">Pairs to train on, 0 or more.</param>
    /// <param name="joint">
    /// Whether source and target share the vocabulary, the default. Separate vocabularies get half the size each,
    /// so that the embeddings together stay as large.
    /// </param>
    /// <returns>
    /// Joint: 2,000 below 10,000 pairs, 4,000 below 30,000, 8,000 below 300,000, 16,000 below 1,000,000, else 32,000.
    /// Train with <see cref="SubwordTrainingOptions.HardVocabularyLimit"/> set to false: a very small corpus may not give so many pieces.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of pairs is negative.</exception>
    public static int Choose(long sentencePairs, bool joint = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sentencePairs);
        int size = Steps.Where(step => sentencePairs < step.BelowPairs).Select(step => step.Size).FirstOrDefault(LargestJoint);
        return joint ? size : size / 2;
    }
}
