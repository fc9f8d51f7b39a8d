namespace Sequor.Text.Languages;

/// <summary>A script that (nearly) only one language of today is written in.</summary>
/// <param name="language">The language's code.</param>
internal sealed class SingleLanguageScript(string language) : Script
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Languages { get; } = [language];

    /// <inheritdoc/>
    public override IReadOnlyList<LanguageGuess> Guess(LetterCounts letters, LanguageChoice choice) =>
        choice.NameOf(language) is string name ? [new LanguageGuess(name, 1)] : [];
}
