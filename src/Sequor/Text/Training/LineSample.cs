namespace Sequor.Text.Training;

/// <summary>Draws a fixed number of lines from a stream of unknown length, every line with the same chance.</summary>
internal static class LineSample
{
    /// <summary>Keeps the lines whose keys are smallest; a key depends on the seed and the line's place alone.</summary>
    /// <returns>At most <paramref name="limit"/> lines, in the order of the stream.</returns>
    public static IEnumerable<string> Draw(IEnumerable<string> lines, int limit, ulong seed)
    {
        PriorityQueue<(string Line, long Place), (ulong Key, long Place)> kept = new(
            Comparer<(ulong Key, long Place)>.Create((left, right) => right.CompareTo(left)));
        long place = 0;
        foreach (string line in lines)
        {
            (ulong, long) priority = (Key(seed, place), place);
            if (kept.Count < limit)
                kept.Enqueue((line, place), priority);
            else
                kept.EnqueueDequeue((line, place), priority);
            place++;
        }
        return kept.UnorderedItems.Select(item => item.Element).OrderBy(item => item.Place).Select(item => item.Line);
    }

    // SplitMix64 (Steele, Lea and Flood 2014): a counter becomes a well-mixed number without any state.
    private static ulong Key(ulong seed, long place)
    {
        ulong mixed = seed + (0x9E3779B97F4A7C15UL * ((ulong)place + 1));
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
