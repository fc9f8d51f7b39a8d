using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Texts and how outputs are to be made of them. What is left out is as the model's own configuration says.</summary>
internal sealed record GenerateRequest
{
    /// <summary>The model's id, as /v1/models lists it; left out: the one that translates between the two languages, or the default.</summary>
    public string? Model { get; init; }

    /// <summary>A text, or an array of texts.</summary>
    public required TextOrTexts Input { get; init; }

    /// <summary>The language of the texts, to choose a model by.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language of the outputs, to choose a model by.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>How outputs are looked for: greedy, beam, sample, or mbr (of many samples the one most like the others).</summary>
    public string? Decode { get; init; }

    /// <summary>Hypotheses kept at every step of a beam search.</summary>
    public int? Beam { get; init; }

    /// <summary>Outputs for each text, best first; they are the output's hypotheses.</summary>
    public int? Nbest { get; init; }

    /// <summary>Exponent of the length normalisation of a beam search, -10 to 10; larger prefers longer outputs.</summary>
    public double? LengthPenalty { get; init; }

    /// <summary>The most pieces of an output.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The fewest pieces of an output.</summary>
    public int? MinLength { get; init; }

    /// <summary>When sampling: below 1 is tamer, above 1 wilder.</summary>
    public double? Temperature { get; init; }

    /// <summary>When sampling: only so many of the likeliest pieces are drawn from; 0 is all.</summary>
    public int? TopK { get; init; }

    /// <summary>When sampling: only the likeliest pieces that together have this probability are drawn from; 1 is all.</summary>
    public double? TopP { get; init; }

    /// <summary>When sampling: the same seed gives the same outputs.</summary>
    public long? Seed { get; init; }

    /// <summary>No run of so many pieces comes twice in an output; 0 is off.</summary>
    public int? NoRepeatNgram { get; init; }

    /// <summary>Makes pieces less likely that are written already; 1 is off.</summary>
    public double? RepetitionPenalty { get; init; }

    /// <summary>What the output begins with, in whole words.</summary>
    public string? Prefix { get; init; }

    /// <summary>Terms and what they must be translated to, wherever a text holds them. Needs a beam.</summary>
    public IReadOnlyDictionary<string, string>? Glossary { get; init; }

    /// <summary>Whether texts are cut into sentences and their paragraphs kept. Default true.</summary>
    public bool? SplitSentences { get; init; }

    /// <summary>Whether hypotheses tell their pieces with log-probabilities. Default false.</summary>
    public bool Tokens { get; init; }

    /// <summary>Whether outputs tell which source piece each piece looked at most. Default false.</summary>
    public bool Alignments { get; init; }

    /// <summary>Whether outputs tell how much each piece looked at every source piece. Default false.</summary>
    public bool Attention { get; init; }

    /// <summary>Whether the answer is a stream of server-sent events, for one text: 'part' with {"text"}, then 'done' with the whole answer, or 'error'. Default false.</summary>
    public bool Stream { get; init; }
}
