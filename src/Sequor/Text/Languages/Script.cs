namespace Sequor.Text.Languages;

/// <summary>A way of writing, and the languages that are written so.</summary>
internal abstract class Script
{
    /// <summary>The codes of its languages.</summary>
    public abstract IReadOnlyList<string> Languages { get; }

    /// <summary>Shares the letters of this script among languages.</summary>
    /// <param name="letters">What was read.</param>
    /// <param name="choice">The languages that count.</param>
    /// <returns>Languages with confidences that add up to 1; none where no language of the choice is written so.</returns>
    public abstract IReadOnlyList<LanguageGuess> Guess(LetterCounts letters, LanguageChoice choice);
}
