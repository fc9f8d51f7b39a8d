using Sequor.Batching;
using Sequor.Configuration;

namespace Sequor.Training.Runs;

/// <summary>Corpora as a configuration describes them.</summary>
internal static class RunData
{
    /// <summary>The training corpora.</summary>
    /// <param name="data">What describes them.</param>
    /// <param name="aligned">Whether their alignments are read.</param>
    internal static IReadOnlyList<Corpus> Corpora(DataConfiguration data, bool aligned) =>
        [.. data.Train.Select(corpus => CorpusOf(corpus, data.SourcePrefix) with { Alignments = aligned ? corpus.Alignments : null })];

    internal static Corpus CorpusOf(CorpusConfiguration corpus, string sourcePrefix)
    {
        Corpus files = corpus switch
        {
            { Tsv: { } path } => new TabSeparatedFile(path, Column(corpus.SourceColumn, 1), Column(corpus.TargetColumn, 2)),
            { JsonLines: { } path } => new JsonLinesFile(path, corpus.SourceColumn ?? "source", corpus.TargetColumn ?? "target"),
            { Source: null } => new TargetFile(corpus.Target!),
            _ => new ParallelFiles(corpus.Source, corpus.Target!),
        };
        return files with { Weight = corpus.Weight, SourcePrefix = sourcePrefix };
    }

    internal static CorpusOptions Options(DataConfiguration data, IReadOnlySet<long>? heldOut = null) => new()
    {
        Lowercase = data.Lowercase,
        NormalizeNfc = data.Nfc,
        MaxSourceTokens = data.Filters.MaxLength,
        MaxTargetTokens = data.Filters.MaxLength,
        HeldOut = heldOut,
        Mode = data.Streaming switch
        {
            StreamingChoice.Always => CorpusMode.Streaming,
            StreamingChoice.Never => CorpusMode.InMemory,
            _ => CorpusMode.Automatic,
        },
        Filters = new CorpusFilters
        {
            MinTokens = data.Filters.MinLength,
            MaxTokenRatio = data.Filters.MaxRatio ?? 0,
            DropDuplicates = data.Filters.DropDuplicates,
            DropIdenticalSides = data.Filters.DropIdentical,
            SourceScripts = Scripts(data.Filters.SourceScript),
            TargetScripts = Scripts(data.Filters.TargetScript),
        },
    };

    /// <summary>The pairs of a held-out corpus as text, changed like the training text and filtered of nothing.</summary>
    internal static IReadOnlyList<SentencePair> HeldOutPairs(CorpusConfiguration corpus, DataConfiguration data)
    {
        CorpusOptions options = Options(data) with { Filters = new CorpusFilters { DropEmptySides = false }, HeldOut = null };
        return [.. new FilteredPairs([CorpusOf(corpus, "")], options).Select(pair => pair.Pair)];
    }

    private static int Column(string? column, int otherwise) =>
        column is null ? otherwise : int.Parse(column, System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<Script> Scripts(string? name) => name is null ? [] : [Enum.Parse<Script>(name, ignoreCase: true)];
}
