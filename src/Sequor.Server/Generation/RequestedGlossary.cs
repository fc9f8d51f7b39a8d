using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Server.Faults;

namespace Sequor.Server.Generation;

/// <summary>The terms of a request: what they ask of a sentence, and what became of them.</summary>
internal sealed class RequestedGlossary
{
    private readonly Glossary _glossary;

    private RequestedGlossary(Glossary glossary) => _glossary = glossary;

    /// <summary>The terms of a request; null where there are none.</summary>
    /// <param name="terms">Terms and their translations.</param>
    /// <exception cref="RequestFaultException">A term or a translation is empty, or two terms are one but for the spaces around them.</exception>
    internal static RequestedGlossary? Of(IReadOnlyDictionary<string, string>? terms)
    {
        if (terms is null or { Count: 0 })
        {
            return null;
        }

        string[] faults = [.. terms.Where(pair => string.IsNullOrWhiteSpace(pair.Key) || string.IsNullOrWhiteSpace(pair.Value))
            .Select(pair => string.IsNullOrWhiteSpace(pair.Key) ? "'glossary' holds an empty term." : $"The translation of '{pair.Key}' in 'glossary' is empty.")
            .Concat(terms.Keys.Where(term => !string.IsNullOrWhiteSpace(term)).GroupBy(term => term.Trim(), StringComparer.Ordinal).Where(same => same.Count() > 1)
                .Select(same => $"The term '{same.Key}' stands in 'glossary' twice."))];
        return faults.Length > 0
            ? throw new RequestFaultException(StatusCodes.Status400BadRequest, string.Join(' ', faults))
            : new RequestedGlossary(new Glossary(terms.Select(pair => new GlossaryEntry(pair.Key, [pair.Value.Trim()]))));
    }

    /// <summary>What the terms of a sentence ask of its output.</summary>
    /// <param name="sentence">The sentence.</param>
    internal IReadOnlyList<RequiredPhrase> Match(string sentence) => _glossary.Match(sentence);

    /// <summary>What became of the terms of a sentence.</summary>
    /// <param name="best">The sentence's best output.</param>
    internal static IEnumerable<GlossaryTerm> Report(Hypothesis best) => best.Constraints.SelectMany(outcome =>
        outcome.Constraint is RequiredPhrase { SourceTerm: { } term } phrase ? [new GlossaryTerm(term, phrase.Alternatives[0], outcome.IsMet)] : (GlossaryTerm[])[]);
}
