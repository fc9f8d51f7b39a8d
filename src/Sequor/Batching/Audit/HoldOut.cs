namespace Sequor.Batching;

/// <summary>
/// Takes a dev set out of a corpus so that no sentence of it occurs in the training pairs on either side, ignoring case
/// and punctuation. The choice is a function of the pairs and the seed.
/// </summary>
public static class HoldOut
{
    // Bounds the search where every choice left costs too many pairs.
    private const int MostFailures = 1000;

    /// <summary>
    /// Chooses whole groups of pairs that share sentences, pairs that share none first. Where these do not suffice,
    /// takes single pairs out of larger groups and removes those that share a sentence with them.
    /// </summary>
    /// <param name="pairs">
    /// The pairs, read once; with the filters of the training (<see cref="FilteredPairs"/>), so that dev pairs are of its
    /// kind. Only fingerprints are kept in memory, about 60 bytes per pair.
    /// </param>
    /// <param name="options">How many; null takes the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="CorpusException">There are fewer than two pairs.</exception>
    public static HeldOutPairs Choose(IEnumerable<NumberedPair> pairs, HoldOutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new HoldOutOptions();
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));

        SharedSentences sentences = new(pairs);
        if (sentences.Count < 2)
            throw new CorpusException($"A dev set cannot be taken out of {sentences.Count} sentence pair{(sentences.Count == 1 ? "" : "s")}. Give a dev set of its own.");

        int room = Math.Max(1, (int)(sentences.Count * options.LargestShare));
        int wanted = Math.Min(options.Pairs, room);
        HashSet<int> dev = [.. sentences.SmallestGroups(pair => Lot(options.Seed, sentences.Number(pair)), wanted)];
        HashSet<int> removed = [];
        if (dev.Count < wanted)
            AddSinglePairs(sentences, options.Seed, wanted, room, dev, removed);
        return new HeldOutPairs(Numbers(sentences, dev), Numbers(sentences, removed), Notice(options, sentences.Count, dev.Count, removed.Count));
    }

    private static void AddSinglePairs(SharedSentences sentences, ulong seed, int wanted, int room, HashSet<int> dev, HashSet<int> removed)
    {
        int failures = 0;
        foreach (int pair in Enumerable.Range(0, sentences.Count)
            .Where(pair => !dev.Contains(pair))
            .OrderBy(sentences.Occurrences)
            .ThenBy(pair => Lot(seed, sentences.Number(pair))))
        {
            // A sentence that occurs r times is in at least r / 2 pairs, which would all be lost; and the later ones cost more.
            if (dev.Count >= wanted || failures == MostFailures || sentences.Occurrences(pair) > 2 * room)
                return;
            int[] lost = [.. sentences.Neighbours(pair).Where(other => other != pair && !dev.Contains(other) && !removed.Contains(other))];
            int gained = removed.Contains(pair) ? 0 : 1;
            if (dev.Count + removed.Count + lost.Length + gained > room)
            {
                failures++;
                continue;
            }

            dev.Add(pair);
            removed.Remove(pair);
            removed.UnionWith(lost);
        }
    }

    private static ulong Lot(ulong seed, long number) => KeyedRandom.Key(seed, KeyedRandom.Purpose.HoldOut, number);

    private static HashSet<long> Numbers(SharedSentences sentences, HashSet<int> pairs) => [.. pairs.Select(sentences.Number)];

    private static string? Notice(HoldOutOptions options, int pairs, int dev, int removed)
    {
        string share = FormattableString.Invariant($"{options.LargestShare * 100} %");
        string? fewer = dev == options.Pairs ? null
            : dev == 0 ? $"No pair could be held out: the {pairs} pairs share so many sentences that every choice would cost more than {share} of them. Give a dev set of its own."
            : $"{dev} pairs are held out instead of {options.Pairs}: more would cost more than {share} of the {pairs} pairs.";
        string? cost = removed == 0 ? null
            : $"{removed} more pairs are not learnt from because they share a sentence with a pair held out.";
        return fewer is null && cost is null ? null : string.Join(' ', new[] { fewer, cost }.Where(sentence => sentence is not null));
    }
}
