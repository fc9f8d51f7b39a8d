using System.Globalization;
using Sequor.Server.Documents.Html;
using Sequor.Server.Documents.Markdown;
using Sequor.Server.Documents.Units;
using Sequor.Text.Sentences;

namespace Sequor.Server.Documents;

/// <summary>Asks for the translations of sentences, all of a document at once.</summary>
/// <param name="sentences">The sentences, each once.</param>
/// <param name="cancellation">Ends the work.</param>
/// <returns>A translation for each sentence, in their order.</returns>
public delegate Task<IReadOnlyList<AlignedTranslation>> TranslateSentences(IReadOnlyList<string> sentences, CancellationToken cancellation);

/// <summary>
/// Translates the text of a document and leaves everything else as it is written: markup, code, addresses, spaces between blocks. Marks within a sentence
/// (bold, links, code) go to where the translation's alignment says that their words went.
/// </summary>
public static class DocumentTranslation
{
    /// <summary>Translates a document.</summary>
    /// <param name="content">The document.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="translate">Translates its sentences; is called once, or not at all where there is no text.</param>
    /// <param name="options">The languages; null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The document in the other language.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="translate"/> gave another number of translations than there were sentences.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="FormatException">The Markdown is nested too deep to be read, or its marks take longer than those of any text.</exception>
    public static async Task<string> TranslateAsync(
        string content, DocumentFormat format, TranslateSentences translate, DocumentTranslationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(translate);
        options ??= new DocumentTranslationOptions();
        SentenceSplitter splitter = SentenceSplitter.For(options.SourceLanguage, new SentenceSplitterOptions { MaximumLength = options.MaximumSentenceLength });
        DocumentParts parts = format switch
        {
            DocumentFormat.Html => HtmlUnits.Of(content, options.TargetLanguage, cancellation),
            DocumentFormat.Markdown => MarkdownUnits.Of(content, cancellation),
            _ => PlainTextUnits.Of(content, splitter),
        };
        UnitSentences sentences = new(parts.Units, splitter, cancellation);
        IReadOnlyList<AlignedTranslation> translations = sentences.Distinct.Count == 0 ? [] : await translate(sentences.Distinct, cancellation).ConfigureAwait(false);
        if (translations.Count != sentences.Distinct.Count)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"Translating a document: {sentences.Distinct.Count} sentences were asked for, but {translations.Count} translations came back; there must be one for each."));
        }

        return new DocumentWriter(content, parts, sentences, translations).Write(cancellation);
    }
}
