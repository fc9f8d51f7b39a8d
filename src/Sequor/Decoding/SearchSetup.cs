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
        if (prefixes is not null && prefixes.Count != source.Count)
        {
            throw new ArgumentException($"{source.Count} sentences were given {prefixes.Count} prefixes; one for each is needed.", nameof(prefixes));
        }

        for (int i = 0; i < source.Count; i++)
        {
            (int minimum, int maximum) = options.Length.For(source.Lengths[i] - 1, model.LongestSequence);
            int[] prefix = prefixes?[i] ?? [];
            yield return new SentenceRules(minimum, Math.Max(maximum, Math.Min(prefix.Length, model.LongestSequence - 1)), prefix);
        }
    }
}
