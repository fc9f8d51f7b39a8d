namespace Sequor.Alignments;

/// <summary>
/// Links each written word to the given word that most likely says it, or to none. Forward, source words are given and target words written. Immutable
/// and thread-safe.
/// </summary>
public sealed class DirectedAligner
{
    /// <summary>What a pair of words that was never seen together counts; learnt probabilities below are as good as this and not kept.</summary>
    public const double LeastProbability = 1e-9;

    private const int StackWords = 512;

    // Two of the same word, as far to the left of the diagonal as to the right, are equally likely but for rounding.
    private const double Tie = 1 + 1e-12;

    private DirectedAligner(TranslationRows rows, LinkPrior prior) => (Rows, Prior) = (rows, prior);

    /// <summary>λ, how strongly the diagonal is favoured; of no use to a uniform prior.</summary>
    public double Tension => Prior.Tension;

    internal TranslationRows Rows { get; }

    internal LinkPrior Prior { get; }

    /// <summary>Keeps of trained rows what is above <see cref="LeastProbability"/>.</summary>
    internal static DirectedAligner Of(TranslationRows trained, LinkPrior prior)
    {
        var rows = new TranslationRows(trained.Count - 1);
        for (int row = 0; row < trained.Count; row++)
        {
            foreach (TranslationEntry entry in trained[row])
            {
                if (entry.Key != 0 && entry.Probability > LeastProbability)
                    rows.Add(row, entry.Key - 1).Probability = entry.Probability;
            }
        }

        return new DirectedAligner(rows, prior);
    }

    /// <summary>p(written | given).</summary>
    /// <param name="given">Number of the given word; -1 for one that is not known.</param>
    /// <param name="written">Number of the written word; -1 for one that is not known.</param>
    /// <returns>At least <see cref="LeastProbability"/>.</returns>
    public double Probability(int given, int written) =>
        given < 0 || given + 1 >= Rows.Count ? LeastProbability : ProbabilityIn(given + 1, written);

    /// <summary>p(written | nothing), for words without a counterpart.</summary>
    /// <param name="written">Number of the written word; -1 for one that is not known.</param>
    /// <returns>At least <see cref="LeastProbability"/>.</returns>
    public double ProbabilityOfNone(int written) => ProbabilityIn(0, written);

    /// <summary>Links the words of a sentence pair. Of links that are equally likely the one to the empty word is chosen, then the first.</summary>
    /// <param name="given">Numbers of the given words; -1 for one that is not known.</param>
    /// <param name="written">Numbers of the written words; -1 for one that is not known.</param>
    /// <param name="links">For each written word the place of its given word, from 0, or -1; as long as <paramref name="written"/>, or empty for none wanted.</param>
    /// <returns>log p(written | given), summed over all alignments, in nats, lengths given; 0 where one of the two is empty.</returns>
    public double Align(ReadOnlySpan<int> given, ReadOnlySpan<int> written, Span<int> links)
    {
        if (!links.IsEmpty && links.Length != written.Length)
            throw new ArgumentException($"There are {written.Length} written words, but room for {links.Length} links; as many are needed, or none.", nameof(links));
        links.Fill(-1);
        if (given.IsEmpty)
            return 0;
        Span<double> chances = given.Length < StackWords ? stackalloc double[given.Length + 1] : new double[given.Length + 1];
        double logProbability = 0;
        for (int j = 0; j < written.Length; j++)
        {
            Prior.Fill(chances, j, written.Length);
            (double sum, double best, int link) = (0, -1, 0);
            for (int i = Prior.First; i < chances.Length; i++)
            {
                double chance = chances[i] * (i == 0 ? ProbabilityOfNone(written[j]) : Probability(given[i - 1], written[j]));
                sum += chance;
                if (chance > best * Tie)
                    (best, link) = (chance, i);
            }

            logProbability += Math.Log(sum);
            if (!links.IsEmpty)
                links[j] = link - 1;
        }

        return logProbability;
    }

    private double ProbabilityIn(int row, int written)
    {
        TranslationEntry[] slots = Rows[row];
        int slot = written < 0 ? -1 : TranslationRows.Find(slots, written);
        return slot < 0 ? LeastProbability : slots[slot].Probability;
    }
}
