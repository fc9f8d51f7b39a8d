namespace Sequor.Training.Reports.Charts;

/// <summary>Smooths a noisy curve.</summary>
internal static class RunningMean
{
    /// <summary>Replaces each value by the mean of the values around it; gaps stay gaps and count for nothing.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="reach">How many points on each side count, 0 or more; fewer near the ends.</param>
    /// <returns>A curve of as many points at the same places.</returns>
    public static ChartPoint[] Over(IReadOnlyList<ChartPoint> points, int reach)
    {
        double[] sums = new double[points.Count + 1];
        int[] counts = new int[points.Count + 1];
        for (int i = 0; i < points.Count; i++)
        {
            bool counted = points[i].IsDrawable;
            (sums[i + 1], counts[i + 1]) = (sums[i] + (counted ? points[i].Y : 0), counts[i] + (counted ? 1 : 0));
        }

        ChartPoint[] means = new ChartPoint[points.Count];
        for (int i = 0; i < means.Length; i++)
        {
            // At the steep beginning the window shrinks on both sides, or it would bend the curve; at the level end it
            // shrinks on one, or the last mean would be the last measurement alone.
            int from = i - Math.Min(reach, i);
            int to = Math.Min(points.Count, i + Math.Min(reach, i) + 1);
            means[i] = points[i].IsDrawable
                ? new ChartPoint(points[i].X, (sums[to] - sums[from]) / (counts[to] - counts[from]))
                : points[i];
        }

        return means;
    }
}
