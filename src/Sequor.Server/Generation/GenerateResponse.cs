using System.ComponentModel;

namespace Sequor.Server.Generation;

/// <summary>What <c>POST /v1/generate</c> answers.</summary>
/// <param name="Model">The model that was asked.</param>
/// <param name="Outputs">An output for each text.</param>
/// <param name="Usage">What it took.</param>
[Description("Outputs and what they took.")]
internal sealed record GenerateResponse(
    [property: Description("The id of the model that was asked.")] string Model,
    [property: Description("An output for each text, in their order.")] IReadOnlyList<GeneratedOutput> Outputs,
    [property: Description("What it took.")] TokenUsage Usage);

/// <summary>Pieces that were read and written.</summary>
/// <param name="SourceTokens">Pieces of the texts.</param>
/// <param name="TargetTokens">Pieces of the best outputs.</param>
[Description("Pieces that were read and written.")]
internal sealed record TokenUsage(
    [property: Description("Pieces of the texts.")] int SourceTokens,
    [property: Description("Pieces of the best outputs.")] int TargetTokens);

/// <summary>What became of one text.</summary>
[Description("What became of one text. Places and lengths count UTF-16 units, as JavaScript's strings do.")]
internal sealed record GeneratedOutput
{
    /// <summary>The text's place among the texts.</summary>
    [Description("The text's place among the texts, from 0.")]
    public required int Index { get; init; }

    /// <summary>The best output.</summary>
    [Description("The best output.")]
    public required string Text { get; init; }

    /// <summary>Its score.</summary>
    [Description("What hypotheses are ranked by, greater is better; of several sentences the mean by pieces.")]
    public required double Score { get; init; }

    /// <summary>Why it ended.</summary>
    [Description("Why it ended: eos (the model ended it) or max_length.")]
    public required string StoppedBy { get; init; }

    /// <summary>Whether the model could not read the whole text.</summary>
    [Description("Whether a sentence was longer than the model can read, and its end was left out.")]
    public required bool SourceWasCut { get; init; }

    /// <summary>The hypotheses.</summary>
    [Description("The best outputs, best first; as many as nbest asks for.")]
    public required IReadOnlyList<OutputHypothesis> Hypotheses { get; init; }

    /// <summary>The pieces of the text.</summary>
    [Description("With alignments or attention: the pieces of the text as the model read them, each sentence's end sign last.")]
    public IReadOnlyList<string>? SourceTokens { get; init; }

    /// <summary>The alignment.</summary>
    [Description("With alignments: source piece and target piece, such as '0-0 1-2'.")]
    public string? Alignment { get; init; }

    /// <summary>The attention.</summary>
    [Description("With attention: for each target piece how much it looked at every source piece.")]
    public IReadOnlyList<float[]>? Attention { get; init; }

    /// <summary>What became of the glossary.</summary>
    [Description("With a glossary: the terms that the text holds, as often as it holds them, and whether their translations were written.")]
    public IReadOnlyList<GlossaryTerm>? Glossary { get; init; }

    /// <summary>The sentences.</summary>
    [Description("Where the sentences stand in the text and in the best output.")]
    public required IReadOnlyList<SentenceSpans> Sentences { get; init; }
}

/// <summary>One of the best outputs.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Score">What hypotheses are ranked by.</param>
/// <param name="LogProbability">log p in nats.</param>
[Description("One of the best outputs.")]
internal sealed record OutputHypothesis(
    [property: Description("Its text.")] string Text,
    [property: Description("What hypotheses are ranked by, greater is better.")] double Score,
    [property: Description("The natural logarithm of its probability, end signs included.")] double LogProbability)
{
    /// <summary>The pieces.</summary>
    [Description("With tokens: its pieces.")]
    public IReadOnlyList<OutputToken>? Tokens { get; init; }
}

/// <summary>A piece of an output.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="LogProbability">log p in nats.</param>
/// <param name="Start">Where its characters begin in the text, in UTF-16 units.</param>
/// <param name="Length">How many there are.</param>
[Description("A piece of an output.")]
internal sealed record OutputToken(
    [property: Description("The piece.")] string Piece,
    [property: Description("The natural logarithm of its probability.")] double LogProbability,
    [property: Description("Where its characters begin in the hypothesis' text.")] int Start,
    [property: Description("How many characters are its own; 0 where a character needs further pieces.")] int Length);

/// <summary>What became of a term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Translation">What it must be translated to.</param>
/// <param name="Met">Whether it was.</param>
[Description("What became of a term that the text holds.")]
internal sealed record GlossaryTerm(
    [property: Description("The term.")] string Term,
    [property: Description("What it must be translated to.")] string Translation,
    [property: Description("Whether the best output has it.")] bool Met);

/// <summary>Where a sentence stands.</summary>
/// <param name="Source">Start and length in the text.</param>
/// <param name="Target">Start and length in the best output.</param>
[Description("Where a sentence stands.")]
internal sealed record SentenceSpans(
    [property: Description("Start and length in the text.")] int[] Source,
    [property: Description("Start and length in the best output.")] int[] Target);
