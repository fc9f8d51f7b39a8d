namespace Sequor.Decoding.Engine;

/// <summary>What every search works out of its sentences before it begins.</summary>
internal sealed class SentenceRequests
{
    private readonly SearchOptions _options;
    private readonly int _vocabularySize;
    private readonly int _longestSequence;

    /// <summary>For the sentences of a model.</summary>
    /// <param name="options">Limits and bans.</param>
    /// <param name="vocabularySize">Pieces of the target vocabulary.</param>
    /// <param name="longestSequence">The longest sentence that the model can write, in pieces.</param>
    /// <exception cref="ArgumentException">A banned id lies outside the vocabulary.</exception>
    internal SentenceRequests(SearchOptions options, int vocabularySize, int longestSequence)
    {
        (_options, _vocabularySize, _longestSequence) = (options, vocabularySize, longestSequence);
        CheckIds(options.BannedIds, "banned pieces");
    }

    /// <summary>The request of one sentence.</summary>
    /// <param name="place">Its place among the caller's sentences.</param>
    /// <param name="source">Its pieces, the end sign last.</param>
    /// <param name="number">The caller's number of it.</param>
    /// <param name="prefix">Pieces that its output must begin with.</param>
    /// <exception cref="ArgumentException">An id lies outside the vocabulary.</exception>
    internal SentenceRequest Make(int place, int[] source, long number, int[] prefix)
    {
        CheckIds(prefix, "pieces of a prefix");
        (int minimum, int maximum) = _options.Length.For(source.Length - 1, _longestSequence);
        maximum = Math.Max(maximum, Math.Min(prefix.Length, _longestSequence - 1));
        return new SentenceRequest(place, source, number, new SentenceRules(minimum, maximum, prefix));
    }

    private void CheckIds(IReadOnlyList<int> ids, string role)
    {
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)_vocabularySize)
            {
                throw new ArgumentException($"The {role} hold the id {id}, but the target vocabulary has the ids 0 to {_vocabularySize - 1}.", nameof(ids));
            }
        }
    }
}
