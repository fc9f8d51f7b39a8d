namespace Sequor.Server.Documents;

/// <summary>Finds the characters of a text that pieces of a vocabulary spell.</summary>
internal static class PieceSpans
{
    private const char SpaceMark = '\u2581';

    private const string Continued = "@@";

    /// <summary>How far ahead a piece is looked for where normalisation changed the text.</summary>
    private const int Window = 12;

    /// <summary>Where each piece stands; an empty span for one that spells nothing that the text has, such as a byte.</summary>
    /// <param name="pieces">The pieces in their order.</param>
    /// <param name="text">The text.</param>
    public static (int Start, int Length)[] Of(IReadOnlyList<string> pieces, string text)
    {
        var spans = new (int Start, int Length)[pieces.Count];
        int place = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            ReadOnlySpan<char> spelled = pieces[i].AsSpan().Trim(SpaceMark);
            if (spelled.EndsWith(Continued, StringComparison.Ordinal) && spelled.Length > Continued.Length)
                spelled = spelled[..^Continued.Length];
            while (place < text.Length && char.IsWhiteSpace(text[place]))
                place++;
            int found = spelled.IsEmpty ? -1 : text.AsSpan(place, Math.Min(text.Length - place, spelled.Length + Window)).IndexOf(spelled, StringComparison.OrdinalIgnoreCase);
            spans[i] = found < 0 ? (place, 0) : (place + found, spelled.Length);
            place = spans[i].Start + spans[i].Length;
        }

        return spans;
    }
}
