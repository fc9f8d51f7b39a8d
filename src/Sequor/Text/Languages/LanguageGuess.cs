namespace Sequor.Text.Languages;

/// <summary>A language that a text may be in.</summary>
/// <param name="Language">The language's code, such as <c>de</c> (ISO 639-1 where it has one).</param>
/// <param name="Confidence">How likely the text is in it, above 0 and up to 1.</param>
public readonly record struct LanguageGuess(string Language, double Confidence);
