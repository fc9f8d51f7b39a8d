namespace Sequor.Training.Reports.Charts;

/// <summary>Keeps labels that stand in a column from covering each other.</summary>
internal static class LabelPlacement
{
    /// <summary>Moves labels as little as needed until neighbours are a given distance apart.</summary>
    /// <param name="wanted">Where each label would like to stand.</param>
    /// <param name="distance">The least distance between two labels, above 0.</param>
    /// <param name="low">The least place.</param>
    /// <param name="high">The greatest place; too many labels for the room reach beyond it.</param>
    /// <returns>A place per label, in the order in which they came.</returns>
    public static double[] Spread(ReadOnlySpan<double> wanted, double distance, double low, double high)
    {
        double[] places = wanted.ToArray();
        int[] order = new int[places.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort([.. places], order);
        double ceiling = high;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            places[order[i]] = Math.Min(places[order[i]], ceiling);
            ceiling = places[order[i]] - distance;
        }

        double floor = low;
        foreach (int index in order)
        {
            places[index] = Math.Max(places[index], floor);
            floor = places[index] + distance;
        }

        return places;
    }
}
