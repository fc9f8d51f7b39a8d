namespace Sequor.Decoding;

/// <summary>What a given output is worth.</summary>
/// <param name="Index">Its place among those that were given, from 0.</param>
/// <param name="Source">The source as it was given.</param>
/// <param name="Target">The output as it was given.</param>
/// <param name="Pieces">Its pieces, without the end sign.</param>
/// <param name="Score">What a search would have ranked it by: log p, normalised by its length as the search says.</param>
/// <param name="LogProbability">log p of all pieces and of the end sign, in nats, with the weighted log-probabilities of language models.</param>
/// <param name="Scores">log p of each piece and of the end sign, and its parts.</param>
/// <param name="SourceWasCut">Whether the source was longer than the models can read, and its end was left out.</param>
public sealed record ScoredText(
    int Index, string Source, string Target, IReadOnlyList<string> Pieces, double Score, double LogProbability, ForcedScores Scores, bool SourceWasCut)
{
    /// <summary>log p of the translation models alone.</summary>
    public double ModelLogProbability => Sum(Scores.OfModels);

    /// <summary>log p of each language model alone, unweighted.</summary>
    public IReadOnlyList<double> LanguageModelLogProbabilities => [.. Scores.OfLanguageModels.Select(Sum)];

    /// <summary>Adds up as searches do, so that the bits are theirs.</summary>
    internal static double Sum(IReadOnlyList<float> logProbabilities)
    {
        double sum = 0;
        foreach (float logProbability in logProbabilities)
        {
            sum += logProbability;
        }

        return sum;
    }
}
