using Microsoft.AspNetCore.Http;
using Sequor.Decoding.Constraints;
using Sequor.Server.Faults;

namespace Sequor.Server.Generation;

/// <summary>Makes a glossary of the terms of a request.</summary>
internal static class RequestedGlossary
{
    /// <summary>The glossary; null where there are no terms.</summary>
    /// <param name="terms">Terms and their translations.</param>
    /// <exception cref="RequestFaultException">A term or a translation is empty, or two terms are one but for the spaces around them.</exception>
    internal static Glossary? Of(IReadOnlyDictionary<string, string>? terms)
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
            : new Glossary(terms.Select(pair => new GlossaryEntry(pair.Key, [pair.Value.Trim()])));
    }
}
