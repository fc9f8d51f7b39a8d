using Sequor.Decoding.Constraints;

namespace Sequor.Decoding.Engine;

/// <summary>What every search works out of its sentences before it begins.</summary>
internal sealed class SentenceRequests
{
    private readonly SearchOptions _options;
    private readonly int _vocabularySize;
    private readonly int _longestSequence;
    private readonly ConstraintCompiler _constraints;

    /// <summary>For the sentences of a model.</summary>
    /// <param name="options">Limits and bans.</param>
    /// <param name="vocabularySize">Pieces of the target vocabulary.</param>
    /// <param name="longestSequence">The longest sentence that the model can write, in pieces.</param>
    /// <param name="constraints">What holds the options' constraints and more; null where they are none, or about pieces.</param>
    /// <exception cref="ArgumentException">A banned id lies outside the vocabulary, or a constraint cannot be held.</exception>
    internal SentenceRequests(SearchOptions options, int vocabularySize, int longestSequence, ConstraintCompiler? constraints = null)
    {
        _constraints = constraints ?? new ConstraintCompiler(options.Constraints, null, vocabularySize);
        (_options, _vocabularySize, _longestSequence) = (options, vocabularySize, longestSequence);
        CheckIds(options.BannedIds, "banned pieces");
    }

    /// <summary>The request of one sentence.</summary>
    /// <param name="place">Its place among the caller's sentences.</param>
    /// <param name="source">Its pieces, the end sign last.</param>
    /// <param name="number">The caller's number of it.</param>
    /// <param name="prefix">Pieces that its output must begin with.</param>
    /// <param name="constraints">What its output must keep to beside what all must; null for nothing.</param>
    /// <exception cref="ArgumentException">An id lies outside the vocabulary, or the search cannot hold a constraint.</exception>
    internal SentenceRequest Make(int place, int[] source, long number, int[] prefix, IReadOnlyList<OutputConstraint>? constraints = null)
    {
        CheckIds(prefix, "pieces of a prefix");
        (int minimum, int maximum) = _options.Length.For(source.Length - 1, _longestSequence);
        maximum = Math.Max(maximum, Math.Min(prefix.Length, _longestSequence - 1));
        return new SentenceRequest(place, source, number, new SentenceRules(minimum, maximum, prefix, _constraints.For(constraints ?? [], _options)), _options);
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
