using Sequor.Scoring;

namespace Sequor.Decoding;

/// <summary>Ranks samples of one source by their mean utility against all of them (Eikema and Aziz 2020, eq. 3).</summary>
internal static class ExpectedUtility
{
    /// <summary>The samples with their mean utilities for scores, best first; equal texts once, the most probable of them. Of equals the more probable comes first.</summary>
    internal static IReadOnlyList<GeneratedHypothesis> Rank(IReadOnlyList<GeneratedHypothesis> samples, ICorpusMetric utility)
    {
        (GeneratedHypothesis Sample, int Count)[] distinct = [.. samples.GroupBy(sample => sample.Text, StringComparer.Ordinal)
            .Select(same => (same.MaxBy(sample => sample.Hypothesis.LogProbability)!, same.Count()))];
        string[] texts = [.. distinct.Select(one => one.Sample.Text)];
        var utilities = new double[texts.Length];
        var ranked = new List<GeneratedHypothesis>(texts.Length);
        for (int i = 0; i < texts.Length; i++)
        {
            utility.ScoreAgainstEach(texts[i], texts, utilities);
            double sum = 0;
            for (int j = 0; j < texts.Length; j++)
            {
                sum += distinct[j].Count * utilities[j];
            }

            ranked.Add(distinct[i].Sample with { Hypothesis = distinct[i].Sample.Hypothesis with { Score = sum / samples.Count } });
        }

        return [.. ranked.OrderByDescending(one => one.Hypothesis.Score).ThenByDescending(one => one.Hypothesis.LogProbability)];
    }
}
