using System.ComponentModel;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>What is asked of <c>POST /v1/generate</c>; what is left out is as the model's own configuration says.</summary>
[Description("Texts and how outputs are to be made of them. What is left out is as the model's own configuration says.")]
internal sealed record GenerateRequest
{
    /// <summary>The model's id.</summary>
    [Description("The model's id, as /v1/models lists it; left out: the one that translates between the two languages, or the default.")]
    public string? Model { get; init; }

    /// <summary>The text or texts.</summary>
    [Description("A text, or an array of texts.")]
    public required TextOrTexts Input { get; init; }

    /// <summary>The language of the texts.</summary>
    [Description("The language of the texts, to choose a model by.")]
    public string? SourceLanguage { get; init; }

    /// <summary>The language of the outputs.</summary>
    [Description("The language of the outputs, to choose a model by.")]
    public string? TargetLanguage { get; init; }

    /// <summary>How outputs are looked for.</summary>
    [Description("How outputs are looked for: greedy, beam, sample, or mbr (of many samples the one most like the others).")]
    public string? Decode { get; init; }

    /// <summary>Hypotheses kept.</summary>
    [Description("Hypotheses kept at every step of a beam search.")]
    public int? Beam { get; init; }

    /// <summary>Outputs for each text.</summary>
    [Description("Outputs for each text, best first; they are the output's hypotheses.")]
    public int? Nbest { get; init; }

    /// <summary>The exponent of the length normalisation.</summary>
    [Description("Exponent of the length normalisation of a beam search, -10 to 10; larger prefers longer outputs.")]
    public double? LengthPenalty { get; init; }

    /// <summary>The most pieces.</summary>
    [Description("The most pieces of an output.")]
    public int? MaxLength { get; init; }

    /// <summary>The fewest pieces.</summary>
    [Description("The fewest pieces of an output.")]
    public int? MinLength { get; init; }

    /// <summary>What logits are divided by.</summary>
    [Description("When sampling: below 1 is tamer, above 1 wilder.")]
    public double? Temperature { get; init; }

    /// <summary>Only so many pieces are drawn from.</summary>
    [Description("When sampling: only so many of the likeliest pieces are drawn from; 0 is all.")]
    public int? TopK { get; init; }

    /// <summary>Only the likeliest pieces that make up this probability.</summary>
    [Description("When sampling: only the likeliest pieces that together have this probability are drawn from; 1 is all.")]
    public double? TopP { get; init; }

    /// <summary>What draws are keyed by.</summary>
    [Description("When sampling: the same seed gives the same outputs.")]
    public long? Seed { get; init; }

    /// <summary>No run of so many pieces comes twice.</summary>
    [Description("No run of so many pieces comes twice in an output; 0 is off.")]
    public int? NoRepeatNgram { get; init; }

    /// <summary>Makes pieces less likely that are written already.</summary>
    [Description("Makes pieces less likely that are written already; 1 is off.")]
    public double? RepetitionPenalty { get; init; }

    /// <summary>What the output begins with.</summary>
    [Description("What the output begins with, in whole words.")]
    public string? Prefix { get; init; }

    /// <summary>Terms and their translations.</summary>
    [Description("Terms and what they must be translated to, wherever a text holds them. Needs a beam.")]
    public IReadOnlyDictionary<string, string>? Glossary { get; init; }

    /// <summary>Whether texts are cut into sentences.</summary>
    [Description("Whether texts are cut into sentences and their paragraphs kept. Default true.")]
    public bool SplitSentences { get; init; } = true;

    /// <summary>Whether pieces are told.</summary>
    [Description("Whether hypotheses tell their pieces with log-probabilities. Default false.")]
    public bool Tokens { get; init; }

    /// <summary>Whether alignments are told.</summary>
    [Description("Whether outputs tell which source piece each piece looked at most. Default false.")]
    public bool Alignments { get; init; }

    /// <summary>Whether attention is told.</summary>
    [Description("Whether outputs tell how much each piece looked at every source piece. Default false.")]
    public bool Attention { get; init; }

    /// <summary>Whether the answer is a stream of events.</summary>
    [Description("Whether the answer is a stream of server-sent events, for one text: 'part' with {\"text\"}, then 'done' with the whole answer, or 'error'. Default false.")]
    public bool Stream { get; init; }
}
