using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Extensions;

/// <summary>A sentence of a passage and what became of it. Places count UTF-16 units, as indices of a string do.</summary>
/// <param name="SourceStart">Where it begins in the passage.</param>
/// <param name="SourceLength">How long it is.</param>
/// <param name="TargetStart">Where its translation begins in the passage's translation.</param>
/// <param name="TargetLength">How long its translation is.</param>
/// <param name="Output">Its hypotheses with pieces, scores and, where it was asked for, attention.</param>
public sealed record SentenceTranslation(int SourceStart, int SourceLength, int TargetStart, int TargetLength, GeneratedText Output)
{
    /// <summary>What became of the glossary's terms in it, in the order of the sentence; none without a glossary.</summary>
    public IEnumerable<TermOutcome> Terms =>
        from hypothesis in Output.Hypotheses.Take(1)
        from outcome in hypothesis.Hypothesis.Constraints
        let phrase = outcome.Constraint as RequiredPhrase
        where phrase?.SourceTerm is not null
        select new TermOutcome(phrase.SourceTerm!, phrase.Alternatives, outcome.IsMet);
}

/// <summary>What became of a glossary's term.</summary>
/// <param name="Term">The term, as the glossary has it.</param>
/// <param name="Translations">What it was to be translated to; any of them.</param>
/// <param name="IsMet">Whether one of them was written.</param>
public sealed record TermOutcome(string Term, IReadOnlyList<string> Translations, bool IsMet);
