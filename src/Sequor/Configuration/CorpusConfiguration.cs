using System.Globalization;

namespace Sequor.Configuration;

/// <summary>
/// One corpus of pairs, in one of three forms: two parallel text files (<c>source</c> and <c>target</c>), one tab-separated file
/// (<c>tsv</c>), or one file of JSON lines (<c>jsonl</c>); or one text file without sources (<c>target</c> alone), from which a language
/// model is trained. Files that end in <c>.gz</c> are unpacked while reading.
/// </summary>
public sealed record CorpusConfiguration
{
    internal static Schema<CorpusConfiguration> Schema { get; } = new Schema<CorpusConfiguration>(_ => new())
        .OptionalText("source", c => c.Source, (c, v) => c with { Source = v }, "src")
        .OptionalText("target", c => c.Target, (c, v) => c with { Target = v }, "tgt", "trg")
        .OptionalText("tsv", c => c.Tsv, (c, v) => c with { Tsv = v })
        .OptionalText("jsonl", c => c.JsonLines, (c, v) => c with { JsonLines = v })
        .OptionalText("source_column", c => c.SourceColumn, (c, v) => c with { SourceColumn = v }, "source_field")
        .OptionalText("target_column", c => c.TargetColumn, (c, v) => c with { TargetColumn = v }, "target_field")
        .OptionalText("alignments", c => c.Alignments, (c, v) => c with { Alignments = v })
        .Number("weight", NumberBounds.Positive, c => c.Weight, (c, v) => c with { Weight = v })
        .OptionalText("license", c => c.License, (c, v) => c with { License = v })
        .OptionalText("origin", c => c.Origin, (c, v) => c with { Origin = v })
        .Require(["source", "target", "tsv", "jsonl"], FormProblem)
        .Require(["alignments", "source", "target"], c => c.Alignments is null || c.HasSource || c.Target is null ? null : "there is no source to align words with")
        .Require(["source_column", "source", "target", "tsv", "jsonl"], c => ColumnProblem(c, c.SourceColumn))
        .Require(["target_column", "source", "target", "tsv", "jsonl"], c => ColumnProblem(c, c.TargetColumn));

    /// <summary>The text file of source lines. Default: none; with <see cref="Target"/> alone, a language model is trained.</summary>
    public string? Source { get; init; }

    /// <summary>The text file of target lines, as many as in <see cref="Source"/> where there is one.</summary>
    public string? Target { get; init; }

    /// <summary>The tab-separated file.</summary>
    public string? Tsv { get; init; }

    /// <summary>The file with one JSON object per line: <c>jsonl</c>.</summary>
    public string? JsonLines { get; init; }

    /// <summary>Where the source stands: a column counted from 1 (TSV, default 1) or a property's name (JSON lines, default <c>source</c>).</summary>
    public string? SourceColumn { get; init; }

    /// <summary>Where the target stands: a column counted from 1 (TSV, default 2) or a property's name (JSON lines, default <c>target</c>).</summary>
    public string? TargetColumn { get; init; }

    /// <summary>
    /// A file of word alignments in the Pharaoh format (<c>0-0 1-2</c>), a line for each line of the corpus; used with
    /// <see cref="TrainingConfiguration.GuidedAttention"/>. Default: none.
    /// </summary>
    public string? Alignments { get; init; }

    /// <summary>The licence of the text, for the model's card. Default: not stated.</summary>
    public string? License { get; init; }

    /// <summary>Where the text comes from and who wrote it, for the model's card. Default: not stated.</summary>
    public string? Origin { get; init; }

    /// <summary>How often training draws from this corpus for each time it is its turn, above 0. Default: 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether the corpus has sources: all forms but a target file alone.</summary>
    public bool HasSource => Source is not null || Tsv is not null || JsonLines is not null;

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);

    private static string? FormProblem(CorpusConfiguration corpus)
    {
        int forms = (corpus.Source is null && corpus.Target is null ? 0 : 1) + (corpus.Tsv is null ? 0 : 1)
            + (corpus.JsonLines is null ? 0 : 1);
        return forms switch
        {
            0 => "a corpus needs files: source and target, or tsv, or jsonl",
            > 1 => "a corpus has one form: source and target, or tsv, or jsonl, and here more than one is given",
            _ when corpus.Source is not null && corpus.Target is null => "a corpus of text files needs source and target, and target is missing",
            _ => null,
        };
    }

    private static string? ColumnProblem(CorpusConfiguration corpus, string? column)
    {
        if (column is null)
        {
            return null;
        }
        if (corpus.Tsv is null)
        {
            return corpus.JsonLines is null ? "text files have no columns" : null;
        }
        bool counted = int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1;
        return counted ? null : $"expected the number of a TSV column, counted from 1, was given \"{column}\"";
    }
}
