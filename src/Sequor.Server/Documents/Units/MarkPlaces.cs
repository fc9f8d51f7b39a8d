namespace Sequor.Server.Documents.Units;

/// <summary>Finds where in a translation the marks of its source go.</summary>
/// <param name="sourceText">The unit's text.</param>
/// <param name="words">The translation's words.</param>
internal sealed class MarkPlaces(string sourceText, TargetWords words)
{
    private const double Most = 0.5;

    private const string Stops = ".,;:!?…。，、；：！？";

    private const int Around = -1;

    private const int Unknown = -2;

    /// <summary>Words of the text around that may stand between words of a mark, and go into it.</summary>
    private const int WidestGap = 1;

    /// <summary>The words that each of several neighbouring marks encloses: disjoint runs; for a mark that has none, an empty run where it stands.</summary>
    /// <param name="marks">The marks, side by side in the source.</param>
    /// <param name="sourceStart">Where the text around them begins.</param>
    /// <param name="sourceEnd">The place behind it.</param>
    /// <param name="first">The first word they may have.</param>
    /// <param name="end">The place behind the last.</param>
    public (int First, int End)[] Of(IReadOnlyList<InlineMark> marks, int sourceStart, int sourceEnd, int first, int end)
    {
        var runs = new (int First, int End)[marks.Count];
        Array.Fill(runs, (-1, -1));
        int[] owners = Owners(marks, first, end);
        for (int i = 0; i < marks.Count; i++)
        {
            if (marks[i].Kind == MarkKind.Single)
                continue;
            bool isAll = IsBlank(sourceStart, marks[i].Start) && IsBlank(marks[i].End, sourceEnd);
            runs[i] = isAll && marks[i].End > marks[i].Start && end > first ? (first, end) : WithoutStops(LongestRun(owners, i, first), marks[i]);
        }

        if (!owners.AsSpan().ContainsAnyExcept(Unknown))
            ShareOut(marks, runs, sourceStart, sourceEnd, first, end);

        for (int i = 0; i < marks.Count; i++)
        {
            if (runs[i].First < 0)
            {
                int place = OutsideOf(runs, PlaceOf(marks[i].Start, sourceStart, sourceEnd, first, end));
                bool takesWord = marks[i].End > marks[i].Start && place < end && owners[place - first] == Unknown && !runs.Any(run => run.First <= place && run.End > place);
                runs[i] = (place, takesWord ? place + 1 : place);
            }
        }

        return runs;
    }

    /// <summary>A mark whose text does not end with a stop or a comma does not take in one behind its words.</summary>
    private (int First, int End) WithoutStops((int First, int End) run, InlineMark mark)
    {
        if (run.First < 0 || Stops.Contains(sourceText[mark.End - 1]))
            return run;
        int end = run.End;
        while (end > run.First + 1 && words.IsStop(end - 1, Stops))
            end--;
        return (run.First, end);
    }

    /// <summary>Where nothing is known of any word, marks enclose words by proportion.</summary>
    private static void ShareOut(IReadOnlyList<InlineMark> marks, (int First, int End)[] runs, int sourceStart, int sourceEnd, int first, int end)
    {
        double wordsOfUnit = (double)(end - first) / Math.Max(1, sourceEnd - sourceStart);
        int free = first;
        for (int i = 0; i < marks.Count; i++)
        {
            if (marks[i].End <= marks[i].Start || runs[i].First >= 0 || free >= end)
                continue;
            int start = Math.Clamp(first + (int)Math.Round(wordsOfUnit * (marks[i].Start - sourceStart)), free, end - 1);
            int stop = Math.Clamp(first + (int)Math.Round(wordsOfUnit * (marks[i].End - sourceStart)), start + 1, end);
            (runs[i], free) = ((start, stop), stop);
        }
    }

    /// <summary>For each word the mark that most of its source lies in; others for text around them, and where nothing is known.</summary>
    private int[] Owners(IReadOnlyList<InlineMark> marks, int first, int end)
    {
        int[] owners = new int[end - first];
        for (int word = first; word < end; word++)
        {
            owners[word - first] = words.IsLinked(word) ? Around : Unknown;
            int mark = words.IsLinked(word) ? MarkAround(marks, words.SourceOf(word)) : -1;
            if (mark >= 0 && words.ShareIn(word, marks[mark].Start, marks[mark].End) > Most)
                owners[word - first] = mark;
        }

        return owners;
    }

    /// <summary>The last mark that begins at or before a place and has text; below 0 for none. Marks side by side do not overlap.</summary>
    private static int MarkAround(IReadOnlyList<InlineMark> marks, int place)
    {
        int low = 0;
        int high = marks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (marks[middle].Start <= place)
                low = middle + 1;
            else
                high = middle;
        }

        while (low > 0 && marks[low - 1].End <= marks[low - 1].Start)
            low--;
        return low - 1;
    }

    /// <summary>The run with the most words of a mark; between them few words of the text around and any of which nothing is known.</summary>
    private static (int First, int End) LongestRun(int[] owners, int mark, int offset)
    {
        (int First, int End, int Size) best = (-1, -1, 0);
        int start = -1;
        int last = -1;
        int size = 0;
        int gap = 0;
        for (int i = 0; i < owners.Length; i++)
        {
            if (owners[i] == mark)
            {
                (start, size) = start < 0 ? (i, 1) : (start, size + 1);
                (last, gap) = (i, 0);
                best = size > best.Size ? (start, i + 1, size) : best;
                continue;
            }

            gap += owners[i] == Around ? 1 : 0;
            if (start >= 0 && (owners[i] >= 0 || gap > WidestGap || i - last > 2 * (WidestGap + 1)))
                (start, size) = (-1, 0);
        }

        return best.Size == 0 ? (-1, -1) : (offset + best.First, offset + best.End);
    }

    /// <summary>The word before which something of this place in the source goes: behind what came from the word before it, else before what came from the word behind.</summary>
    private int PlaceOf(int place, int sourceStart, int sourceEnd, int first, int end)
    {
        if (IsBlank(sourceStart, place))
            return first;
        if (IsBlank(place, sourceEnd))
            return end;
        (int start, int stop) = WordBefore(place, sourceStart);
        int before = LastFrom(start, stop, first, end);
        if (before >= 0)
            return before + 1;
        (start, stop) = WordBehind(place, sourceEnd);
        int behind = FirstFrom(start, stop, first, end);
        return behind >= 0 ? behind : first + (int)((long)(end - first) * (place - sourceStart) / Math.Max(1, sourceEnd - sourceStart));
    }

    private int LastFrom(int start, int stop, int first, int end)
    {
        for (int word = end - 1; word >= first; word--)
        {
            if (words.ShareIn(word, start, stop) > Most)
                return word;
        }

        return -1;
    }

    private int FirstFrom(int start, int stop, int first, int end)
    {
        for (int word = first; word < end; word++)
        {
            if (words.ShareIn(word, start, stop) > Most)
                return word;
        }

        return -1;
    }

    private (int Start, int Stop) WordBefore(int place, int least)
    {
        int stop = place;
        while (stop > least && char.IsWhiteSpace(sourceText[stop - 1]))
            stop--;
        int start = stop;
        while (start > least && !char.IsWhiteSpace(sourceText[start - 1]))
            start--;
        return (start, stop);
    }

    private (int Start, int Stop) WordBehind(int place, int most)
    {
        int start = place;
        while (start < most && char.IsWhiteSpace(sourceText[start]))
            start++;
        int stop = start;
        while (stop < most && !char.IsWhiteSpace(sourceText[stop]))
            stop++;
        return (start, stop);
    }

    /// <summary>The end of the run that a place lies within, so that marks do not cross; else the place.</summary>
    private static int OutsideOf((int First, int End)[] runs, int place)
    {
        foreach ((int first, int end) in runs)
        {
            if (place > first && place < end)
                return end;
        }

        return place;
    }

    private bool IsBlank(int start, int end) => sourceText.AsSpan(start, Math.Max(0, end - start)).IsWhiteSpace();
}
