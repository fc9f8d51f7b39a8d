namespace Sequor.Text.Languages;

/// <summary>
/// Says which language a text is in: by its script, and where several languages share a script, by the n-grams of its words
/// (naive Bayes over tables trained by <c>tools/languages/train_identifier.py</c>). Safe to share between threads.
/// </summary>
public sealed class LanguageIdentifier
{
    /// <summary>A guess below this is not told.</summary>
    private const double LeastConfidence = 0.005;

    private static readonly Lazy<LanguageIdentifier> _default = new(() => new LanguageIdentifier(ScriptTable.Read()));

    private readonly ScriptTable _scripts;

    private LanguageIdentifier(ScriptTable scripts)
    {
        _scripts = scripts;
        Languages = [.. scripts.Scripts.SelectMany(script => script.Languages).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The identifier with the tables that the library carries; they are read on first use.</summary>
    public static LanguageIdentifier Default => _default.Value;

    /// <summary>The codes of all languages it knows, in alphabetical order.</summary>
    public IReadOnlyList<string> Languages { get; }

    /// <summary>Whether a language is one of <see cref="Languages"/>; regions and scripts behind a <c>-</c> or <c>_</c> do not matter.</summary>
    /// <param name="language">A language's code, such as <c>pt-BR</c>.</param>
    public bool Knows(string language)
    {
        LanguageChoice choice = new([language]);
        return Languages.Any(known => choice.NameOf(known) is not null);
    }

    /// <summary>Says which languages a text may be in.</summary>
    /// <param name="text">Any text; only its letters count.</param>
    /// <param name="among">
    /// The languages to choose from, such as those a model reads; null for all. A code counts up to its first <c>-</c> or <c>_</c>, so that
    /// <c>pt-BR</c> is chosen where Portuguese is found, and comes back as it was given. Codes that are not known are never chosen.
    /// </param>
    /// <returns>
    /// Languages from the likeliest on, with confidences that add up to at most 1; empty where the text has no letter of a script that one of the languages is
    /// written in.
    /// </returns>
    public IReadOnlyList<LanguageGuess> Identify(string text, IReadOnlyCollection<string>? among = null)
    {
        LetterCounts letters = new(_scripts);
        letters.Read(text);
        LanguageChoice choice = new(among);
        Dictionary<string, double> shares = new(StringComparer.Ordinal);
        double total = 0;
        for (int i = 0; i < _scripts.Scripts.Count; i++)
        {
            if (letters.WeightOf(i) > 0 && _scripts.Scripts[i].Guess(letters, choice) is { Count: > 0 } guesses)
            {
                total += letters.WeightOf(i);
                foreach (LanguageGuess guess in guesses)
                    shares[guess.Language] = shares.GetValueOrDefault(guess.Language) + (letters.WeightOf(i) * guess.Confidence);
            }
        }

        return [.. shares.Select(share => new LanguageGuess(share.Key, share.Value / total))
            .Where(guess => guess.Confidence >= LeastConfidence)
            .OrderByDescending(guess => guess.Confidence).ThenBy(guess => guess.Language, StringComparer.Ordinal)];
    }
}
