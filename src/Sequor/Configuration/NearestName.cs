namespace Sequor.Configuration;

/// <summary>Finds the name that someone most likely meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits to <paramref name="given"/>, or null when all are too far to be a slip.</summary>
    public static string? Find(string given, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            // A longer name takes as many insertions at least; what comes with a request may have a million letters.
            int least = Math.Abs(given.Length - candidate.Length);
            int edits = least > Slips(given, candidate) ? least : Distance(given, candidate);
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }
        return nearest is not null && fewest <= Slips(given, nearest) ? nearest : null;
    }

    private static int Slips(string given, string candidate) => 1 + Math.Max(given.Length, candidate.Length) / 3;

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment, Damerau 1964).</summary>
    public static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
            (beforeLast, last) = (last, row);
        }
        return last[right.Length];
    }
}
