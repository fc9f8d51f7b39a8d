using Sequor.Alignments;
using Sequor.Decoding;

namespace Sequor;

/// <summary>How several models translate together, and what stands beside them.</summary>
public sealed record EnsembleOptions
{
    /// <summary>How much each model counts, above 0; they are divided by their sum. None: all alike. Default none.</summary>
    public IReadOnlyList<float> Weights { get; init; } = [];

    /// <summary>How the models predict together. Default linear.</summary>
    public EnsembleMode Mode { get; init; } = EnsembleMode.Linear;

    /// <summary>A language model of the target vocabulary that has a say (shallow fusion): an n-gram model in ARPA form, or the directory of a neural one.
    /// Null for none. Default null.</summary>
    public string? LanguageModel { get; init; }

    /// <summary>What the language model's log-probabilities are multiplied by; the best is found on development data, often 0.1 to 0.4. Default 0.2.</summary>
    public float LanguageModelWeight { get; init; } = 0.2f;

    /// <summary>A lexical table of the models' pieces, made by <c>sequor align</c>: each sentence chooses among its likeliest translations and the most frequent
    /// pieces only. Null for the whole vocabulary. Default null.</summary>
    public string? Shortlist { get; init; }

    /// <summary>Counts how often the best piece of the whole vocabulary was not in the shortlist; null for no count. Default null.</summary>
    public ShortlistExactness? ShortlistExactness { get; init; }

    /// <summary>Where unknown pieces are replaced: what they are replaced by, as <see cref="GeneratorOptions.Lexicon"/>; null for the source's own words.
    /// Default null.</summary>
    public LexicalTable? Lexicon { get; init; }
}
