using Sequor.Batching;
using Sequor.Models;

namespace Sequor.Decoding;

/// <summary>What every search works out before it begins.</summary>
internal static class SearchSetup
{
    /// <summary>Limits and prefix of each sentence.</summary>
    internal static IEnumerable<SentenceRules> RulesFor(
        SequenceBatch source, SearchOptions options, EncoderDecoder model, IReadOnlyList<int[]>? prefixes)
    {
        CheckIds(options.BannedIds, "banned pieces", model.TargetVocabularySize);
        if (prefixes is not null && prefixes.Count != source.Count)
        {
            throw new ArgumentException($"{source.Count} sentences were given {prefixes.Count} prefixes; one for each is needed.", nameof(prefixes));
        }

        for (int i = 0; i < source.Count; i++)
        {
            (int minimum, int maximum) = options.Length.For(source.Lengths[i] - 1, model.LongestSequence);
            int[] prefix = prefixes?[i] ?? [];
            CheckIds(prefix, "pieces of a prefix", model.TargetVocabularySize);
            yield return new SentenceRules(minimum, Math.Max(maximum, Math.Min(prefix.Length, model.LongestSequence - 1)), prefix);
        }
    }

    private static void CheckIds(IReadOnlyList<int> ids, string role, int vocabularySize)
    {
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)vocabularySize)
            {
                throw new ArgumentException($"The {role} hold the id {id}, but the target vocabulary has the ids 0 to {vocabularySize - 1}.", nameof(ids));
            }
        }
    }
}
