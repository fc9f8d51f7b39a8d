namespace Sequor.Text.Sentences;

/// <summary>A run of marks that may end a sentence, with the quotes and brackets that close behind it.</summary>
internal static class EndMarks
{
    /// <summary>The place behind the run.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The run's first mark.</param>
    /// <param name="end">Where the line ends.</param>
    public static int Skip(string text, int place, int end)
    {
        int behind = place + 1;
        while (behind < end)
        {
            if (Characters.IsEndMark(text[behind]) || Characters.IsCloserAt(text, behind, end))
                behind++;
            else if (SkipNote(text, behind, end) is var note && note > behind)
                behind = note;
            else if (SkipSpaced(text, behind, end) is var spaced && spaced > behind)
                behind = spaced;
            else
                break;
        }

        return behind;
    }

    /// <summary>The number of a note, such as [12].</summary>
    private static int SkipNote(string text, int place, int end)
    {
        int behind = place + 1;
        while (text[place] == '[' && behind < end && char.IsAsciiDigit(text[behind]))
            behind++;
        return behind > place + 1 && behind < end && text[behind] == ']' ? behind + 1 : place;
    }

    /// <summary>A mark or a closing quote behind a space, as French writes them (« Quoi ? ! ») and some write ellipses (. . .).</summary>
    private static int SkipSpaced(string text, int place, int end)
    {
        int mark = place;
        while (mark < end && text[mark] is ' ' or '\u00A0' or '\u202F')
            mark++;
        if (mark == place || mark >= end || text[mark] is not ('!' or '?' or '.' or '»' or '”' or '"'))
            return place;
        bool goesOn = mark + 1 < end && !char.IsWhiteSpace(text[mark + 1])
            && !Characters.IsEndMark(text[mark + 1]) && !Characters.IsCloserAt(text, mark + 1, end) && !Characters.IsJoiner(text[mark + 1]);
        // An ellipsis close to a word begins that word's sentence: Well. ...and then.
        return goesOn || IsLeadingEllipsis(text, mark, end) ? place : mark + 1;
    }

    private static bool IsLeadingEllipsis(string text, int place, int end)
    {
        int behind = place;
        while (behind < end && text[behind] == '.')
            behind++;
        return behind > place + 1 && behind < end && !char.IsWhiteSpace(text[behind]);
    }
}
