namespace Sequor.Text.Languages;

/// <summary>A script of several languages, told apart by n-grams of words.</summary>
/// <param name="languages">The languages' codes.</param>
/// <param name="table">Their n-grams.</param>
internal sealed class SharedScript(IReadOnlyList<string> languages, NgramTable table) : Script
{
    // Weights come in half nats. N-grams of a word overlap and say the same thing several times, so their sum counts for less: found on held-out text.
    private const double NatsOfStep = 0.5 * 0.2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Languages => languages;

    /// <summary>The n-grams of its languages.</summary>
    public NgramTable Table => table;

    /// <inheritdoc/>
    public override IReadOnlyList<LanguageGuess> Guess(LetterCounts letters, LanguageChoice choice)
    {
        ReadOnlySpan<long> scores = letters.ScoresOf(this);
        List<(string Name, double Score)> candidates = [];
        double best = double.NegativeInfinity;
        for (int i = 0; i < languages.Count; i++)
        {
            if (choice.NameOf(languages[i]) is not string name)
                continue;
            double score = NatsOfStep * scores[i];
            candidates.Add((name, score));
            best = Math.Max(best, score);
        }

        double sum = candidates.Sum(candidate => Math.Exp(candidate.Score - best));
        return [.. candidates.Select(candidate => new LanguageGuess(candidate.Name, Math.Exp(candidate.Score - best) / sum))];
    }
}
