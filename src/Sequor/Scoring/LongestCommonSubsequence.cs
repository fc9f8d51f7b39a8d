namespace Sequor.Scoring;

/// <summary>Longest common subsequences of word numbers.</summary>
internal static class LongestCommonSubsequence
{
    /// <returns>The reference places of one longest common subsequence; of several, the one that rouge-score reads out.</returns>
    internal static List<int> ReferencePlaces(int[] reference, int[] hypothesis)
    {
        var lengths = new int[reference.Length + 1, hypothesis.Length + 1];
        for (var i = 1; i <= reference.Length; i++)
        {
            for (var j = 1; j <= hypothesis.Length; j++)
            {
                lengths[i, j] = reference[i - 1] == hypothesis[j - 1]
                    ? lengths[i - 1, j - 1] + 1
                    : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        var places = new List<int>();
        for ((int i, int j) = (reference.Length, hypothesis.Length); i > 0 && j > 0;)
        {
            if (reference[i - 1] == hypothesis[j - 1])
            {
                i--;
                j--;
                places.Add(i);
            }
            else if (lengths[i, j - 1] > lengths[i - 1, j])
            {
                j--;
            }
            else
            {
                i--;
            }
        }

        return places;
    }
}
