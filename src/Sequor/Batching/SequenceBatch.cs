namespace Sequor.Batching;

/// <summary>
/// Sequences laid end to end without padding: row r of sentence i is <c>Starts[i] + r</c>. Work on padding can
/// therefore not happen, and every sum over time runs over a sentence's own rows.
/// </summary>
public sealed class SequenceBatch
{
    /// <summary>Takes the arrays as they are; they must not be changed afterwards.</summary>
    /// <param name="ids">[Rows] ids of all sentences, end to end.</param>
    /// <param name="lengths">[Count] rows of each sentence, 1 or more.</param>
    /// <param name="sentenceNumbers">[Count] number of each sentence in its corpus; keys of random numbers.</param>
    /// <exception cref="ArgumentException">The lengths are not positive, do not add up to the ids, or differ in count from the numbers.</exception>
    public SequenceBatch(int[] ids, int[] lengths, long[] sentenceNumbers)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(sentenceNumbers);
        if (lengths.Length != sentenceNumbers.Length)
            throw new ArgumentException($"A batch of {lengths.Length} lengths was given {sentenceNumbers.Length} sentence numbers; one per sentence is needed.", nameof(sentenceNumbers));

        Starts = new int[lengths.Length];
        int rows = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1)
                throw new ArgumentException($"Sentence {i} of the batch has {lengths[i]} rows; each needs at least one (an empty sentence is its end token alone).", nameof(lengths));
            Starts[i] = rows;
            rows += lengths[i];
            LongestLength = Math.Max(LongestLength, lengths[i]);
        }

        if (rows != ids.Length)
            throw new ArgumentException($"The lengths of the batch add up to {rows} rows, but there are {ids.Length} ids.", nameof(ids));
        (Ids, Lengths, SentenceNumbers) = (ids, lengths, sentenceNumbers);
    }

    /// <summary>How many sentences, B.</summary>
    public int Count => Lengths.Length;

    /// <summary>How many rows all sentences have together.</summary>
    public int Rows => Ids.Length;

    /// <summary>[Rows] The ids of all sentences, end to end.</summary>
    public int[] Ids { get; }

    /// <summary>[Count] The first row of each sentence.</summary>
    public int[] Starts { get; }

    /// <summary>[Count] The rows of each sentence, 1 or more.</summary>
    public int[] Lengths { get; }

    /// <summary>[Count] The number of each sentence in its corpus: the key of the random numbers it is given.</summary>
    public long[] SentenceNumbers { get; }

    /// <summary>Rows of the longest sentence; 0 in an empty batch.</summary>
    public int LongestLength { get; }

    /// <summary>The ids of one sentence.</summary>
    /// <param name="sentence">Index in the batch, 0 to Count - 1.</param>
    public ReadOnlySpan<int> Sentence(int sentence) => Ids.AsSpan(Starts[sentence], Lengths[sentence]);

    /// <summary>Lays sequences end to end.</summary>
    /// <param name="sequences">Each with at least one id; special ids such as the end token are already in place.</param>
    /// <param name="numbers">The number of each sentence in its corpus; null numbers them 0, 1, 2, ….</param>
    /// <exception cref="ArgumentException">A sequence is empty, or there are not as many numbers as sequences.</exception>
    public static SequenceBatch From(IReadOnlyList<int[]> sequences, IReadOnlyList<long>? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        int[] lengths = new int[sequences.Count];
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] = sequences[i].Length;

        int[] ids = new int[lengths.Sum()];
        int row = 0;
        foreach (int[] sequence in sequences)
        {
            sequence.CopyTo(ids, row);
            row += sequence.Length;
        }

        long[] keys = numbers?.ToArray() ?? [.. Enumerable.Range(0, lengths.Length).Select(i => (long)i)];
        return new SequenceBatch(ids, lengths, keys);
    }
}
