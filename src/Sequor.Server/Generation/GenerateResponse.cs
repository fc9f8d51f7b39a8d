namespace Sequor.Server.Generation;

/// <summary>Outputs and what they took.</summary>
/// <param name="Model">The id of the model that was asked.</param>
/// <param name="Outputs">An output for each text, in their order.</param>
/// <param name="Usage">What it took.</param>
internal sealed record GenerateResponse(
    string Model,
    IReadOnlyList<GeneratedOutput> Outputs,
    TokenUsage Usage);

/// <summary>Pieces that were read and written.</summary>
/// <param name="SourceTokens">Pieces of the texts.</param>
/// <param name="TargetTokens">Pieces of the best outputs.</param>
internal sealed record TokenUsage(
    int SourceTokens,
    int TargetTokens);

/// <summary>What became of one text. Places and lengths count UTF-16 units, as JavaScript's strings do.</summary>
internal sealed record GeneratedOutput
{
    /// <summary>The text's place among the texts, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The best output.</summary>
    public required string Text { get; init; }

    /// <summary>What hypotheses are ranked by, greater is better; of several sentences the mean by pieces.</summary>
    public required double Score { get; init; }

    /// <summary>Why it ended: eos (the model ended it) or max_length.</summary>
    public required string StoppedBy { get; init; }

    /// <summary>Whether a sentence was longer than the model can read, and its end was left out.</summary>
    public required bool SourceWasCut { get; init; }

    /// <summary>The best outputs, best first; as many as nbest asks for.</summary>
    public required IReadOnlyList<OutputHypothesis> Hypotheses { get; init; }

    /// <summary>With alignments or attention: the pieces of the text as the model read them, each sentence's end sign last.</summary>
    public IReadOnlyList<string>? SourceTokens { get; init; }

    /// <summary>With alignments: source piece and target piece, such as '0-0 1-2'.</summary>
    public string? Alignment { get; init; }

    /// <summary>With attention: for each target piece how much it looked at every source piece.</summary>
    public IReadOnlyList<float[]>? Attention { get; init; }

    /// <summary>With a glossary: the terms that the text holds, as often as it holds them, and whether their translations were written.</summary>
    public IReadOnlyList<GlossaryTerm>? Glossary { get; init; }

    /// <summary>Where the sentences stand in the text and in the best output.</summary>
    public required IReadOnlyList<SentenceSpans> Sentences { get; init; }
}

/// <summary>One of the best outputs.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Score">What hypotheses are ranked by, greater is better.</param>
/// <param name="LogProbability">The natural logarithm of its probability, end signs included.</param>
internal sealed record OutputHypothesis(
    string Text,
    double Score,
    double LogProbability)
{
    /// <summary>With tokens: its pieces.</summary>
    public IReadOnlyList<OutputToken>? Tokens { get; init; }
}

/// <summary>A piece of an output.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
/// <param name="Start">Where its characters begin in the hypothesis' text.</param>
/// <param name="Length">How many characters are its own; 0 where a character needs further pieces.</param>
internal sealed record OutputToken(
    string Piece,
    double LogProbability,
    int Start,
    int Length);

/// <summary>What became of a term that the text holds.</summary>
/// <param name="Term">The term.</param>
/// <param name="Translation">What it must be translated to.</param>
/// <param name="Met">Whether the best output has it.</param>
internal sealed record GlossaryTerm(
    string Term,
    string Translation,
    bool Met);

/// <summary>Where a sentence stands.</summary>
/// <param name="Source">Start and length in the text.</param>
/// <param name="Target">Start and length in the best output.</param>
internal sealed record SentenceSpans(
    int[] Source,
    int[] Target);
