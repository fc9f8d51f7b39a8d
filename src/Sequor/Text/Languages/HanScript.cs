namespace Sequor.Text.Languages;

/// <summary>Chinese characters and both kana: kana make a text Japanese, and the longer a text has none, the surer it is Chinese.</summary>
internal sealed class HanScript : Script
{
    /// <summary>Japanese text has half of its letters in kana; one in twenty is enough, so that names in Chinese text do not count.</summary>
    private const double LeastKana = 0.05;

    /// <summary>What a text without kana is worth to Japanese when it is one character long, and the length over which that falls to a third.</summary>
    private const double JapaneseOfOne = 0.35;

    private const double Fall = 6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Languages { get; } = ["zh", "ja"];

    /// <inheritdoc/>
    public override IReadOnlyList<LanguageGuess> Guess(LetterCounts letters, LanguageChoice choice)
    {
        double kana = (double)letters.Kana / (letters.Kana + letters.Han);
        double japanese = kana >= LeastKana ? 1 - (0.5 * Math.Max(0, 1 - (kana / (2 * LeastKana)))) : JapaneseOfOne * Math.Exp(-letters.Han / Fall);
        return (choice.NameOf("zh"), choice.NameOf("ja")) switch
        {
            (null, null) => [],
            (string chinese, null) => [new LanguageGuess(chinese, 1)],
            (null, string name) => [new LanguageGuess(name, 1)],
            (string chinese, string name) => [new LanguageGuess(chinese, 1 - japanese), new LanguageGuess(name, japanese)],
        };
    }
}
