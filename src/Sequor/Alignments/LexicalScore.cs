using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>How well a hypothesis says the words of its source, by a lexical table alone: features for rescoring. Thread-safe.</summary>
/// <param name="table">The table.</param>
public sealed class LexicalScore(LexicalTable table)
{
    /// <summary>What a pair of words counts that the table does not have.</summary>
    public const double LeastProbability = DirectedAligner.LeastProbability;

    /// <summary>
    /// log p(hypothesis | source) of IBM Model 1 without its factor for the length: Σⱼ log (1 / (n + 1)) Σᵢ p(hⱼ | sᵢ), with the empty word as one of the n + 1.
    /// </summary>
    /// <param name="source">Numbers of the source words; -1 for one that is not known.</param>
    /// <param name="hypothesis">Numbers of the hypothesis' words; -1 for one that is not known.</param>
    /// <returns>In nats.</returns>
    public double Model1(ReadOnlySpan<int> source, ReadOnlySpan<int> hypothesis)
    {
        double score = 0;
        foreach (int word in hypothesis)
        {
            double sum = Math.Max(table.ProbabilityOfNone(word), LeastProbability);
            foreach (int given in source)
                sum += Probability(given, word);
            score += Math.Log(sum / (source.Length + 1));
        }

        return score;
    }

    /// <summary>
    /// The logarithm of the lexical weight (Koehn, Och and Marcu 2003): Σⱼ log of the mean of p(hⱼ | sᵢ) over the source words that word j is linked to, or of
    /// p(hⱼ | nothing) where it is linked to none.
    /// </summary>
    /// <param name="source">Numbers of the source words; -1 for one that is not known.</param>
    /// <param name="hypothesis">Numbers of the hypothesis' words; -1 for one that is not known.</param>
    /// <param name="links">Which words belong together; null to link each word to the source word, or to none, that most likely gives it.</param>
    /// <returns>In nats.</returns>
    /// <exception cref="ArgumentException">A link leads beyond the sentences.</exception>
    public double LexicalWeight(ReadOnlySpan<int> source, ReadOnlySpan<int> hypothesis, IReadOnlyList<AlignmentLink>? links = null)
    {
        double score = 0;
        for (int j = 0; j < hypothesis.Length; j++)
        {
            double none = Math.Max(table.ProbabilityOfNone(hypothesis[j]), LeastProbability);
            score += Math.Log(links is null ? Best(source, hypothesis[j], none) : Linked(source, hypothesis, j, links) ?? none);
        }

        return score;
    }

    /// <summary><see cref="Model1(ReadOnlySpan{int}, ReadOnlySpan{int})"/> of lines, whose words stand between spaces or tabs.</summary>
    /// <param name="source">The source.</param>
    /// <param name="hypothesis">The hypothesis.</param>
    public double Model1(string source, string hypothesis) => Model1(table.EncodeSource(source), table.EncodeTarget(hypothesis));

    /// <summary><see cref="LexicalWeight(ReadOnlySpan{int}, ReadOnlySpan{int}, IReadOnlyList{AlignmentLink}?)"/> of lines, whose words stand between spaces or tabs.</summary>
    /// <param name="source">The source.</param>
    /// <param name="hypothesis">The hypothesis.</param>
    /// <param name="links">Which words belong together; null as there.</param>
    public double LexicalWeight(string source, string hypothesis, IReadOnlyList<AlignmentLink>? links = null) =>
        LexicalWeight(table.EncodeSource(source), table.EncodeTarget(hypothesis), links);

    private double Best(ReadOnlySpan<int> source, int word, double none)
    {
        double best = none;
        foreach (int given in source)
            best = Math.Max(best, Probability(given, word));
        return best;
    }

    private double? Linked(ReadOnlySpan<int> source, ReadOnlySpan<int> hypothesis, int j, IReadOnlyList<AlignmentLink> links)
    {
        (double sum, int count) = (0, 0);
        foreach (AlignmentLink link in links)
        {
            if ((uint)link.Source >= (uint)source.Length || (uint)link.Target >= (uint)hypothesis.Length)
            {
                throw new ArgumentException(
                    $"The link {link.Source}-{link.Target} leads beyond {source.Length} source and {hypothesis.Length} target words.", nameof(links));
            }

            if (link.Target == j)
                (sum, count) = (sum + Probability(source[link.Source], hypothesis[j]), count + 1);
        }

        return count == 0 ? null : sum / count;
    }

    private double Probability(int given, int word) => Math.Max(table.Probability(given, word), LeastProbability);
}
