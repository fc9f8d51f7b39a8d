namespace Sequor.Batching;

/// <summary>Finds training pairs that would give a dev or test set away.</summary>
public static class DevLeaks
{
    /// <summary>The pairs that share a sentence with a held-out set on either side, ignoring case, punctuation and white space.</summary>
    /// <param name="pairs">The training pairs, read once.</param>
    /// <param name="heldOut">The held-out pairs.</param>
    /// <returns>The numbers of the pairs, for <see cref="CorpusOptions.HeldOut"/>.</returns>
    public static IReadOnlySet<long> Find(IEnumerable<NumberedPair> pairs, IEnumerable<SentencePair> heldOut)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(heldOut);
        HashSet<ulong> sources = [];
        HashSet<ulong> targets = [];
        foreach (SentencePair pair in heldOut)
        {
            sources.Add(SentenceKey.Of(pair.Source));
            targets.Add(SentenceKey.Of(pair.Target));
        }

        return pairs.Where(pair => (!pair.IsTargetOnly && sources.Contains(SentenceKey.Of(pair.Source))) || targets.Contains(SentenceKey.Of(pair.Target)))
            .Select(pair => pair.Number).ToHashSet();
    }
}
