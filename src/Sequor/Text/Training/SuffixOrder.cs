namespace Sequor.Text.Training;

/// <summary>
/// Sorts the suffixes of all segments by their first code points, by prefix doubling with counting sorts
/// (Manber and Myers 1993): linear in the text for every doubling of the depth.
/// </summary>
internal static class SuffixOrder
{
    /// <summary>Places of the text, sorted by what follows them up to the end of their segment.</summary>
    /// <param name="text">The segments.</param>
    /// <param name="depth">Code points that are compared at least, 1 or more; suffixes equal so far stay in the order of the text.</param>
    public static int[] Of(SegmentedText text, int depth)
    {
        int[] rank = FirstRanks(text);
        int[] order = new int[text.Length];
        for (int place = 0; place < order.Length; place++)
            order[place] = place;
        CountingSort(order, rank, new int[order.Length]);

        int[] remaining = Remaining(text);
        int[] bySecond = new int[order.Length];
        for (int sorted = 1; sorted < depth; sorted *= 2)
        {
            SortBySecondHalf(order, remaining, sorted, bySecond);
            CountingSort(bySecond, rank, order);
            (order, bySecond) = (bySecond, order);
            rank = NextRanks(order, rank, remaining, sorted);
        }
        return order;
    }

    /// <summary>For every place, code points from there to the end of its segment, 1 or more.</summary>
    public static int[] Remaining(SegmentedText text)
    {
        int[] remaining = new int[text.Length];
        for (int segment = 0; segment < text.Segments; segment++)
        {
            for (int place = text.StartOf(segment); place < text.EndOf(segment); place++)
                remaining[place] = text.EndOf(segment) - place;
        }
        return remaining;
    }

    private static int[] FirstRanks(SegmentedText text)
    {
        int[] alphabet = [.. new SortedSet<int>(text.All.ToArray())];
        Dictionary<int, int> rankOf = [];
        foreach (int codePoint in alphabet)
            rankOf.Add(codePoint, rankOf.Count + 1);
        int[] rank = new int[text.Length];
        for (int place = 0; place < rank.Length; place++)
            rank[place] = rankOf[text.All[place]];
        return rank;
    }

    // A suffix whose second half is empty comes before all that go on; the others follow the order found so far.
    private static void SortBySecondHalf(int[] order, int[] remaining, int half, int[] result)
    {
        int filled = 0;
        for (int place = 0; place < remaining.Length; place++)
        {
            if (remaining[place] <= half)
                result[filled++] = place;
        }
        foreach (int place in order)
        {
            int head = place - half;
            if (head >= 0 && remaining[head] == remaining[place] + half)
                result[filled++] = head;
        }
    }

    private static void CountingSort(int[] places, int[] rank, int[] scratch)
    {
        int[] starts = new int[rank.Length == 0 ? 1 : rank.Max() + 2];
        foreach (int place in places)
            starts[rank[place] + 1]++;
        for (int value = 1; value < starts.Length; value++)
            starts[value] += starts[value - 1];
        foreach (int place in places)
            scratch[starts[rank[place]]++] = place;
        scratch.AsSpan(0, places.Length).CopyTo(places);
    }

    private static int[] NextRanks(int[] order, int[] rank, int[] remaining, int half)
    {
        int[] next = new int[rank.Length];
        int current = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || rank[order[i]] != rank[order[i - 1]] || Second(order[i]) != Second(order[i - 1]))
                current++;
            next[order[i]] = current;
        }
        return next;

        int Second(int place) => remaining[place] > half ? rank[place + half] : 0;
    }
}
