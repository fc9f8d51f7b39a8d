using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>
/// Cuts text into sentences and what lies between them, by rules: marks that end sentences, and lists of abbreviations for each language. Every line end ends
/// a sentence, so lines of paragraphs that were wrapped by hand are not joined. Safe to share between threads.
/// </summary>
public sealed class SentenceSplitter
{
    private readonly LanguageRules _rules;

    private readonly SentenceSplitterOptions _options;

    private SentenceSplitter(LanguageRules rules, SentenceSplitterOptions options) => (_rules, _options) = (rules, options);

    /// <summary>The splitter of a language.</summary>
    /// <param name="language">
    /// The language's code, such as <c>de</c>, <c>pt-BR</c> or <c>zh_Hant</c>; only what stands before the first <c>-</c> or <c>_</c> counts. Null, and any language
    /// that has no rules of its own, gets the general ones.
    /// </param>
    /// <param name="options">How long a sentence may be; null for no limit.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public static SentenceSplitter For(string? language, SentenceSplitterOptions? options = null)
    {
        options ??= new SentenceSplitterOptions();
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        return new SentenceSplitter(LanguageRules.For(language), options);
    }

    /// <summary>Cuts a text. The spans, laid end to end, are the text; no two neighbours lie between sentences.</summary>
    /// <param name="text">Any text, of any number of paragraphs.</param>
    /// <returns>The spans in order; none for an empty text.</returns>
    public IReadOnlyList<TextSpan> Split(string text)
    {
        SpanList spans = new(text, _options.MaximumLength);
        int start = 0;
        while (start < text.Length)
        {
            int lineEnd = text.IndexOf('\n', start);
            int next = lineEnd < 0 ? text.Length : lineEnd + 1;
            int end = lineEnd < 0 ? text.Length : lineEnd;
            if (lineEnd > start && text[lineEnd - 1] == '\r')
                end--;
            SplitLine(text, start, end, spans);
            start = next;
        }

        spans.Complete();
        return spans.Spans;
    }

    /// <summary>Cells that tabs part are cut each on its own, so that no sentence reaches from one to the next.</summary>
    private void SplitLine(string text, int start, int end, SpanList spans)
    {
        bool hasUpperCase = Characters.HasUpperCase(text.AsSpan(start, end - start));
        int cell = LineStart.Skip(text, start, end, _rules);
        while (cell < end)
        {
            int tab = text.IndexOf('\t', cell, end - cell);
            int cellEnd = tab < 0 ? end : tab;
            new LineScanner(text, cell, cellEnd, _rules, hasUpperCase).AddTo(spans);
            cell = cellEnd + 1;
        }
    }
}
