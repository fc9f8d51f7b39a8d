using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Operations;

/// <summary>What is found out about a request while it is answered, for its line in the log.</summary>
internal sealed class RequestFacts
{
    private readonly bool _keepsTexts;
    private List<string>? _texts;

    /// <summary>Begins with nothing.</summary>
    /// <param name="keepsTexts">Whether the texts themselves are to be logged.</param>
    internal RequestFacts(bool keepsTexts) => _keepsTexts = keepsTexts;

    /// <summary>Characters (code points) of the texts that are to be worked on.</summary>
    internal long Characters { get; private set; }

    /// <summary>The id of the key that let the request in; null for none.</summary>
    internal string? Key { get; set; }

    /// <summary>Why the request was refused, as one word; null where it was not.</summary>
    internal string? Rejected { get; set; }

    /// <summary>The texts; null where they are not to be logged.</summary>
    internal IReadOnlyList<string>? Texts => _texts;

    /// <summary>Notes texts that a request brings.</summary>
    /// <param name="context">The request.</param>
    /// <param name="texts">The texts.</param>
    internal static void Note(HttpContext context, IReadOnlyList<string> texts)
    {
        if (context.Features.Get<RequestFacts>() is not { } facts)
        {
            return;
        }

        facts.Characters += texts.Sum(static text => (long)CodePoints(text));
        if (facts._keepsTexts)
        {
            (facts._texts ??= []).AddRange(texts);
        }
    }

    /// <summary>Notes why a request was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">One word, such as <c>key</c> or <c>rate</c>.</param>
    internal static void Refuse(HttpContext context, string reason)
    {
        if (context.Features.Get<RequestFacts>() is { } facts)
        {
            facts.Rejected = reason;
        }
    }

    private static int CodePoints(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
