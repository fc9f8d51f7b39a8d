namespace Sequor.Configuration;

/// <summary>When a corpus is read from disk again in each epoch instead of being kept in memory.</summary>
public enum StreamingChoice
{
    /// <summary>When its files are larger than a share of the machine's memory.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>What a model learns from and how its text is prepared: <c>data:</c> in the file. Paths are relative to the working directory.</summary>
public sealed record DataConfiguration
{
    internal static Schema<DataConfiguration> Schema { get; } = new Schema<DataConfiguration>(_ => new())
        .Children("train", CorpusConfiguration.Schema, c => c.Train, (c, v) => c with { Train = v })
        .OptionalChild("dev", CorpusConfiguration.Schema, c => c.Dev, (c, v) => c with { Dev = v })
        .OptionalChild("test", CorpusConfiguration.Schema, c => c.Test, (c, v) => c with { Test = v })
        .OptionalText("source_language", c => c.SourceLanguage, (c, v) => c with { SourceLanguage = v }, "src_lang", "src")
        .OptionalText("target_language", c => c.TargetLanguage, (c, v) => c with { TargetLanguage = v }, "tgt_lang", "tgt", "trg")
        .Boolean("exclude_dev", c => c.ExcludeDev, (c, v) => c with { ExcludeDev = v })
        .Boolean("lowercase", c => c.Lowercase, (c, v) => c with { Lowercase = v })
        .Boolean("nfc", c => c.Nfc, (c, v) => c with { Nfc = v })
        .Text("source_prefix", c => c.SourcePrefix, (c, v) => c with { SourcePrefix = v })
        .Child("filters", FilterConfiguration.Schema, c => c.Filters, (c, v) => c with { Filters = v })
        .Number("subword_dropout", NumberBounds.Rate, c => c.SubwordDropout, (c, v) => c with { SubwordDropout = v }, "bpe_dropout")
        .Choice("streaming",
            new(("auto", StreamingChoice.Auto), ("always", StreamingChoice.Always), ("never", StreamingChoice.Never)),
            c => c.Streaming, (c, v) => c with { Streaming = v })
        .RequireEach(["train", "dev", "test", "source_prefix"], SourceProblems)
        .Require(["dev"], c => WeightProblem(c.Dev) ?? AlignmentProblem(c.Dev))
        .Require(["test"], c => WeightProblem(c.Test) ?? AlignmentProblem(c.Test));

    /// <summary>The training corpora. Default: none; a training run needs at least one.</summary>
    public ValueList<CorpusConfiguration> Train { get; init; } = [];

    /// <summary>The pairs on which validation runs during training. Default: none.</summary>
    public CorpusConfiguration? Dev { get; init; }

    /// <summary>The pairs on which the finished model is scored. Default: none.</summary>
    public CorpusConfiguration? Test { get; init; }

    /// <summary>The source language, such as <c>en</c>; for the card and for metrics that need it. Default: not stated.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The target language, such as <c>de</c>. Default: not stated.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>Whether training pairs that share a sentence with the dev set, on either side, are left out. Default: false.</summary>
    public bool ExcludeDev { get; init; }

    /// <summary>Whether both sides are lower-cased. Default: false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether both sides are brought to normalisation form C. Default: false.</summary>
    public bool Nfc { get; init; }

    /// <summary>Text put before every source line, such as a tag that names the target language. Default: none.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>Which pairs are left out of training.</summary>
    public FilterConfiguration Filters { get; init; } = new();

    /// <summary>Chance that a merge is left out (BPE-dropout), or that pieces are sampled (unigram), from 0 to below 1. Default: 0.</summary>
    public double SubwordDropout { get; init; }

    /// <summary>When corpora are streamed from disk. Default: <see cref="StreamingChoice.Auto"/>.</summary>
    public StreamingChoice Streaming { get; init; } = StreamingChoice.Auto;

    /// <summary>Whether no training corpus has a source, so that a language model is trained.</summary>
    public bool IsLanguageModel => Train.Count > 0 && Train.All(corpus => !corpus.HasSource);

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);

    /// <summary>A model either reads sources or does not.</summary>
    private static IEnumerable<(string Key, string Problem)> SourceProblems(DataConfiguration data)
    {
        if (data.Train.Count == 0)
        {
            yield break;
        }

        bool has = !data.IsLanguageModel;
        for (int i = 0; i < data.Train.Count; i++)
        {
            if (data.Train[i].HasSource != has)
            {
                yield return ($"train.{i}", "this corpus has no source and others have; a language model learns from targets only, every other model from pairs");
            }
        }

        foreach ((string key, CorpusConfiguration? corpus) in ((string, CorpusConfiguration?)[])[("dev", data.Dev), ("test", data.Test)])
        {
            if (corpus is not null && corpus.HasSource != has)
            {
                yield return (key, has ? "there is no source here, but the training corpora have sources" : "there is a source here, but the training corpora have none: a language model is measured on targets only");
            }
        }

        if (!has && data.SourcePrefix.Length > 0)
        {
            yield return ("source_prefix", "the training corpora have no source to put it before");
        }
    }

    private static string? AlignmentProblem(CorpusConfiguration? corpus) =>
        corpus?.Alignments is null ? null : "alignments guide training and have no meaning here";

    private static string? WeightProblem(CorpusConfiguration? corpus) =>
        corpus is null or { Weight: 1 } ? null : "a weight says how often training draws from a corpus and has no meaning here";
}
