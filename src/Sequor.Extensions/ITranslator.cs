namespace Sequor.Extensions;

/// <summary>
/// Text in one language in, text in another out. Passages of any length are cut into sentences, which are decoded side by side and with those of other callers; what
/// lies between sentences, such as line ends and indentation, stays as it is. Thread-safe.
/// </summary>
public interface ITranslator
{
    /// <summary>Translates a text.</summary>
    /// <param name="text">Any text, of any number of paragraphs.</param>
    /// <param name="options">What is asked of it; defaults when left out.</param>
    /// <param name="cancellation">Looked at between decoding steps.</param>
    /// <exception cref="ArgumentException">The options contradict each other or the model.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, or none for these languages.</exception>
    /// <exception cref="ModelUnavailableException">The model could not be loaded.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    Task<PassageTranslation> TranslateAsync(string text, TranslationOptions? options = null, CancellationToken cancellation = default);

    /// <summary>Translates texts together; each translation is the same whatever the others are, unless it is drawn: sampling is keyed by the number of a sentence among
    /// those of all texts.</summary>
    /// <param name="texts">Any texts.</param>
    /// <param name="options">What is asked of all; defaults when left out. Where the source language is to be found out, it is that of all texts together.</param>
    /// <param name="cancellation">Looked at between decoding steps.</param>
    /// <returns>As many translations, in their order.</returns>
    /// <exception cref="ArgumentException">The options contradict each other or the model.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, or none for these languages.</exception>
    /// <exception cref="ModelUnavailableException">The model could not be loaded.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    Task<IReadOnlyList<PassageTranslation>> TranslateAsync(IReadOnlyList<string> texts, TranslationOptions? options = null, CancellationToken cancellation = default);

    /// <summary>Translates a text and gives parts of the translation as soon as they are certain: those of the first sentence, what lies between, those of the second.
    /// Laid end to end they are the translation; the last part is empty and carries the whole.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="options">What is asked of it, for one output; defaults when left out.</param>
    /// <param name="cancellation">Looked at between decoding steps; leaving the enumeration early stops the work too.</param>
    /// <exception cref="ArgumentException">The options contradict each other or the model, or ask for more than one output.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, or none for these languages.</exception>
    /// <exception cref="ModelUnavailableException">The model could not be loaded.</exception>
    /// <exception cref="QueueFullException">Too many texts wait already.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    IAsyncEnumerable<TranslationPart> StreamAsync(string text, TranslationOptions? options = null, CancellationToken cancellation = default);
}
