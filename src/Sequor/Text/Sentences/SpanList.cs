namespace Sequor.Text.Sentences;

/// <summary>The spans of a text in the making: sentences are added, and what they leave is between them.</summary>
/// <param name="text">The text.</param>
/// <param name="maximumLength">Code points a sentence may have; 0 for any number.</param>
internal sealed class SpanList(string text, int maximumLength)
{
    private readonly List<TextSpan> _spans = [];

    private int _end;

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<TextSpan> Spans => _spans;

    /// <summary>Adds a sentence behind all others, in parts where it is too long.</summary>
    /// <param name="start">Where it begins; no white space.</param>
    /// <param name="end">The place behind it.</param>
    public void AddSentence(int start, int end)
    {
        while (maximumLength > 0 && LengthLimit.TryCut(text, start, end, maximumLength, out int cut, out int next))
        {
            Add(start, cut);
            start = next;
        }

        Add(start, end);
    }

    /// <summary>Adds what is left behind the last sentence.</summary>
    public void Complete() => AddBetween(text.Length);

    private void Add(int start, int end)
    {
        AddBetween(start);
        _spans.Add(new TextSpan(start, end - start, TextSpanKind.Sentence));
        _end = end;
    }

    private void AddBetween(int end)
    {
        if (end > _end)
            _spans.Add(new TextSpan(_end, end - _end, TextSpanKind.Between));
        _end = end;
    }
}
