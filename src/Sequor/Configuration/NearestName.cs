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
            int edits = Distance(given, candidate);
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }
        return nearest is not null && fewest <= 1 + Math.Max(given.Length, nearest.Length) / 3 ? nearest : null;
    }

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
