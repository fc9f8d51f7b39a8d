using Sequor.Text;

namespace Sequor.Batching;

/// <summary>Changes the text of a corpus as the options say; a function of each pair alone.</summary>
internal sealed class PairTransform(CorpusOptions options, Corpus corpus)
{
    internal SentencePair Apply(in SentencePair pair) => new(Apply(pair.Source), Apply(pair.Target));

    /// <summary>Prefixes come last, so that filters judge the sentences themselves.</summary>
    internal NumberedPair AddPrefixes(long number, in SentencePair pair, IReadOnlyList<AlignmentLink>? alignment) =>
        new(number, corpus.HasSource ? AddPrefix(corpus.SourcePrefix, pair.Source) : "", AddPrefix(corpus.TargetPrefix, pair.Target))
        {
            Alignment = BehindPrefixes(alignment),
            IsTargetOnly = !corpus.HasSource,
        };

    /// <summary>The words of a prefix come before those that the alignment counts.</summary>
    private IReadOnlyList<AlignmentLink>? BehindPrefixes(IReadOnlyList<AlignmentLink>? alignment)
    {
        if (alignment is null || (corpus.SourcePrefix.Length == 0 && corpus.TargetPrefix.Length == 0))
            return alignment;
        (int source, int target) = (AlignmentLine.WordsOf(corpus.SourcePrefix).Length, AlignmentLine.WordsOf(corpus.TargetPrefix).Length);
        return [.. alignment.Select(link => link with { Source = link.Source + source, Target = link.Target + target })];
    }

    private static string AddPrefix(string prefix, string text) => prefix.Length == 0 ? text : $"{prefix} {text}";

    private string Apply(string text)
    {
        text = options.NormalizeNfc ? TextTransforms.Nfc(text) : text;
        return options.Lowercase ? TextTransforms.Lowercase(text) : text;
    }
}
