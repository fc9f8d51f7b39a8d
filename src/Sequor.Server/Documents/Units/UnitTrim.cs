namespace Sequor.Server.Documents.Units;

/// <summary>Takes off a unit what lies around its text: marks before the first word and behind the last, and pairs around the whole.</summary>
internal sealed class UnitTrim
{
    private readonly string _source;

    /// <summary>Trims.</summary>
    /// <param name="source">The document.</param>
    /// <param name="text">The unit's text.</param>
    /// <param name="marks">Its marks; those that are taken off leave the list.</param>
    /// <param name="start">Where it begins in the document.</param>
    /// <param name="end">The place behind it.</param>
    public UnitTrim(string source, string text, List<InlineMark> marks, int start, int end)
    {
        (_source, Text, Start, End) = (source, text, start, end);
        if (start < 0)
            return;
        TrimSpaces();
        while (TakeLeading(marks) || TakeTrailing(marks) || Unwrap(marks))
            TrimSpaces();
    }

    /// <summary>The unit's text.</summary>
    public string Text { get; }

    /// <summary>Where it begins now.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends now.</summary>
    public int End { get; private set; }

    /// <summary>Whether there is anything to translate.</summary>
    public bool HasText => Text.AsSpan().ContainsAnyLetter();

    private bool TakeLeading(List<InlineMark> marks)
    {
        if (marks is not [{ Kind: MarkKind.Single, Start: 0 } first, ..] || first.Opening.Start < Start)
            return false;
        Start = first.Opening.End;
        marks.RemoveAt(0);
        return true;
    }

    private bool TakeTrailing(List<InlineMark> marks)
    {
        if (marks is not [.., { Kind: MarkKind.Single } last] || last.Start < Text.Length || last.Opening.End > End)
            return false;
        End = last.Opening.Start;
        marks.RemoveAt(marks.Count - 1);
        return true;
    }

    private bool Unwrap(List<InlineMark> marks)
    {
        if (marks is not [{ Kind: MarkKind.Pair, Start: 0 } only] || only.End < Text.Length || only.Closing.Text is not null)
            return false;
        (Start, End) = (only.Opening.End, only.Closing.Start);
        marks.Clear();
        marks.AddRange(only.Children);
        return true;
    }

    private void TrimSpaces()
    {
        while (Start < End && char.IsWhiteSpace(_source[Start]) && _source[Start] != '\u00A0')
            Start++;
        while (End > Start && char.IsWhiteSpace(_source[End - 1]) && _source[End - 1] != '\u00A0')
            End--;
    }
}
