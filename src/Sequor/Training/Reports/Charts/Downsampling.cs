namespace Sequor.Training.Reports.Charts;

/// <summary>Thins a curve without losing its peaks, its dips or its gaps.</summary>
internal static class Downsampling
{
    /// <summary>The most points a drawn curve has: more cannot be told apart on a page.</summary>
    public const int MaxPoints = 500;

    /// <summary>Cuts the curve into equal buckets and keeps of each its lowest and highest point, and one gap if it had any.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="maxPoints">The most points that come out, 5 or more.</param>
    /// <returns>The curve itself where it is short enough; else its points in their order, the first and the last among them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The most points are fewer than 5.</exception>
    public static IReadOnlyList<ChartPoint> KeepExtremes(IReadOnlyList<ChartPoint> points, int maxPoints = MaxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 5);
        if (points.Count <= maxPoints)
        {
            return points;
        }

        int perBucket = points.All(point => point.IsDrawable) ? 2 : 3;
        int buckets = (maxPoints - 2) / perBucket;
        int inner = points.Count - 2;
        List<ChartPoint> kept = new(maxPoints) { points[0] };
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            int from = 1 + (int)((long)bucket * inner / buckets);
            int to = 1 + (int)((long)(bucket + 1) * inner / buckets);
            KeepBucket(points, from, to, kept);
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static void KeepBucket(IReadOnlyList<ChartPoint> points, int from, int to, List<ChartPoint> kept)
    {
        (int lowest, int highest, int gap) = (-1, -1, -1);
        for (int i = from; i < to; i++)
        {
            if (!points[i].IsDrawable)
            {
                gap = gap < 0 ? i : gap;
                continue;
            }

            lowest = lowest < 0 || points[i].Y < points[lowest].Y ? i : lowest;
            highest = highest < 0 || points[i].Y > points[highest].Y ? i : highest;
        }

        int[] chosen = [lowest, highest, gap];
        Array.Sort(chosen);
        int last = -1;
        foreach (int index in chosen)
        {
            if (index >= 0 && index != last)
            {
                kept.Add(points[index]);
            }

            last = index;
        }
    }
}
