using Sequor.Text;

namespace Sequor.Batching;

/// <summary>A target piece and a source piece that belong together.</summary>
/// <param name="Target">Place of the target piece in its sentence, from 0.</param>
/// <param name="Source">Place of the source piece in its sentence, from 0.</param>
internal readonly record struct PieceLink(int Target, int Source);

/// <summary>Carries an alignment from words to pieces: every piece of a word belongs to every piece of the words it is aligned to.</summary>
internal static class PieceLinks
{
    /// <summary>The links of a pair's pieces, by target piece and then by source piece, each once.</summary>
    /// <returns>Empty where the pair has no alignment; null where pieces and words do not fit each other.</returns>
    internal static IReadOnlyList<PieceLink>? Of(in NumberedPair pair, int[] source, int[] target, PairEncoder encoder)
    {
        if (pair.Alignment is not { Count: > 0 } alignment)
            return [];
        if (encoder.SourceWords is not { } sourceWords || encoder.TargetWords is not { } targetWords)
            throw new ArgumentException("The corpus has alignments of words, but this encoder does not know which words its pieces belong to. Make it with PairEncoder.From, or set SourceWords and TargetWords.");
        if (sourceWords(pair.Source, source) is not { } sources || targetWords(pair.Target, target) is not { } targets)
            return null;

        ILookup<int, int> partners = alignment.ToLookup(link => link.Target, link => link.Source);
        List<PieceLink> links = [];
        for (int t = 0; t < targets.Count; t++)
        {
            HashSet<int> words = [];
            for (int word = targets[t].First; word <= targets[t].Last; word++)
                words.UnionWith(partners[word]);
            for (int s = 0; s < sources.Count && words.Count > 0; s++)
            {
                if (Touches(sources[s], words))
                    links.Add(new PieceLink(t, s));
            }
        }

        return links;
    }

    private static bool Touches(WordSpan piece, HashSet<int> words)
    {
        for (int word = piece.First; word <= piece.Last; word++)
        {
            if (words.Contains(word))
                return true;
        }

        return false;
    }
}
