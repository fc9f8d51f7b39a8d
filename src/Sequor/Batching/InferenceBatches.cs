namespace Sequor.Batching;

/// <summary>Source sentences that are decoded together.</summary>
/// <param name="Source">The sentences, numbered as their caller numbers them.</param>
/// <param name="Places">[Source.Count] The place of each sentence among those that were waiting, from 0.</param>
public sealed record InferenceBatch(SequenceBatch Source, int[] Places);

/// <summary>
/// Cuts waiting sentences into batches of like length for decoding, and puts results back into the order in which the
/// sentences came.
/// </summary>
public static class InferenceBatches
{
    /// <summary>
    /// Cuts batches, longest sentences first: the first batch needs the most memory, so a lack of it shows at once.
    /// No sentence is dropped or cut; one that is longer than a batch has a batch of its own.
    /// </summary>
    /// <param name="sentences">Source ids with their end tokens, each with at least one id.</param>
    /// <param name="batchTokens">Most source rows of a batch, 1 or more. Default 4,096.</param>
    /// <param name="batchSentences">Most sentences of a batch, 1 or more; 0 sets no limit. Default 0.</param>
    /// <param name="numbers">The caller's number of each sentence; null numbers them 0, 1, 2, ….</param>
    /// <exception cref="ArgumentException">A sentence is empty, or there are not as many numbers as sentences.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public static IReadOnlyList<InferenceBatch> Cut(
        IReadOnlyList<int[]> sentences, int batchTokens = 4096, int batchSentences = 0, IReadOnlyList<long>? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(batchSentences);
        if (numbers is not null && numbers.Count != sentences.Count)
            throw new ArgumentException($"{sentences.Count} sentences were given {numbers.Count} numbers; one per sentence is needed.", nameof(numbers));

        int[] order = [.. Enumerable.Range(0, sentences.Count).OrderByDescending(place => sentences[place].Length)];
        List<InferenceBatch> batches = [];
        int first = 0;
        int rows = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int length = sentences[order[i]].Length;
            bool isFull = rows + length > batchTokens || (batchSentences > 0 && i - first >= batchSentences);
            if (i > first && isFull)
            {
                batches.Add(Batch(sentences, order[first..i], numbers));
                (first, rows) = (i, 0);
            }

            rows += length;
        }

        if (first < order.Length)
            batches.Add(Batch(sentences, order[first..], numbers));
        return batches;
    }

    /// <summary>Puts the results of batches back into the order in which their sentences came.</summary>
    /// <param name="batches">What <see cref="Cut"/> gave.</param>
    /// <param name="results">For each batch, a result for each of its sentences.</param>
    /// <exception cref="ArgumentException">There are not as many results as sentences.</exception>
    public static T[] Restore<T>(IReadOnlyList<InferenceBatch> batches, IReadOnlyList<IReadOnlyList<T>> results)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(results);
        if (batches.Count != results.Count)
            throw new ArgumentException($"{batches.Count} batches were given results of {results.Count}.", nameof(results));

        T[] restored = new T[batches.Sum(batch => batch.Places.Length)];
        for (int batch = 0; batch < batches.Count; batch++)
        {
            int[] places = batches[batch].Places;
            if (results[batch].Count != places.Length)
                throw new ArgumentException($"Batch {batch} has {places.Length} sentences and {results[batch].Count} results.", nameof(results));
            for (int i = 0; i < places.Length; i++)
                restored[places[i]] = results[batch][i];
        }

        return restored;
    }

    private static InferenceBatch Batch(IReadOnlyList<int[]> sentences, int[] places, IReadOnlyList<long>? numbers) => new(
        SequenceBatch.From([.. places.Select(place => sentences[place])], [.. places.Select(place => numbers?[place] ?? place)]),
        places);
}
