namespace Sequor.Scoring;

/// <summary>What a hypothesis and a reference share, and how much either holds.</summary>
internal readonly record struct RougeOverlap(int Shared, int InHypothesis, int InReference)
{
    internal double Precision => InHypothesis == 0 ? 0 : (double)Shared / InHypothesis;

    internal double Recall => InReference == 0 ? 0 : (double)Shared / InReference;

    internal double FScore => Shared == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    internal static RougeOverlap OfNgrams(int[] hypothesis, int[] reference, int order)
    {
        var table = new NgramTable(hypothesis, order);
        return new RougeOverlap(
            table.Overlap(order, table.CountIn(reference)),
            NgramTable.Total(hypothesis.Length, order),
            NgramTable.Total(reference.Length, order));
    }

    internal static RougeOverlap OfSubsequence(int[] hypothesis, int[] reference) =>
        new(LongestCommonSubsequence.ReferencePlaces(reference, hypothesis).Count, hypothesis.Length, reference.Length);

    // Lin 2004, section 3.2; as in ROUGE-1.5.5 a word counts no more often than either text holds it.
    internal static RougeOverlap OfSentences(List<int[]> hypothesis, List<int[]> reference)
    {
        Dictionary<int, int> leftInHypothesis = Counts(hypothesis);
        Dictionary<int, int> leftInReference = Counts(reference);
        var shared = 0;
        foreach (int[] sentence in reference)
        {
            IEnumerable<int> union = hypothesis
                .SelectMany(other => LongestCommonSubsequence.ReferencePlaces(sentence, other))
                .Distinct();
            foreach (int word in union.Select(place => sentence[place]))
            {
                if (leftInHypothesis.GetValueOrDefault(word) > 0 && leftInReference[word] > 0)
                {
                    shared++;
                    leftInHypothesis[word]--;
                    leftInReference[word]--;
                }
            }
        }

        return new RougeOverlap(shared, hypothesis.Sum(sentence => sentence.Length), reference.Sum(sentence => sentence.Length));
    }

    private static Dictionary<int, int> Counts(List<int[]> sentences) =>
        sentences.SelectMany(sentence => sentence).CountBy(word => word).ToDictionary();
}
