using System.Text;

namespace Sequor.Server.Documents.Units;

/// <summary>Writes a translated unit with its marks.</summary>
/// <param name="unit">The unit.</param>
/// <param name="text">Its translation.</param>
/// <param name="links">What came from where.</param>
/// <param name="raw">A stretch of the document as it is to be written.</param>
internal sealed class UnitWriter(DocumentUnit unit, string text, IReadOnlyList<SpanLink> links, Func<int, int, string> raw)
{
    private readonly TargetWords _words = new(text, links);

    private readonly StringBuilder _output = new();

    /// <summary>The place in the translation up to which it is written.</summary>
    private int _written;

    /// <summary>The unit's markup.</summary>
    public string Write()
    {
        Write(unit.Marks, 0, unit.Text.Length, 0, _words.Count);
        TextUpTo(text.Length);
        return _output.ToString();
    }

    private void Write(IReadOnlyList<InlineMark> marks, int sourceStart, int sourceEnd, int first, int end)
    {
        (int First, int End)[] runs = new MarkPlaces(unit.Text, _words).Of(marks, sourceStart, sourceEnd, first, end);
        foreach (int i in Enumerable.Range(0, marks.Count).OrderBy(i => runs[i].First).ThenBy(i => runs[i].End))
        {
            if (runs[i].First == runs[i].End)
                WriteEmpty(marks[i], runs[i].First, end);
            else
                WriteAround(marks[i], runs[i].First, runs[i].End);
        }
    }

    private void WriteAround(InlineMark mark, int first, int end)
    {
        TextUpTo(_words.StartOf(first));
        if (mark.Kind == MarkKind.Protected)
        {
            _output.Append(Source(mark.Opening));
            _written = _words.EndOf(end - 1);
            return;
        }

        _output.Append(Source(mark.Opening));
        Write(mark.Children, mark.Start, mark.End, first, end);
        TextUpTo(_words.EndOf(end - 1));
        _output.Append(Source(mark.Closing));
    }

    /// <summary>A mark without words stands behind the word before it, or before the word behind it, as close as in the source.</summary>
    private void WriteEmpty(InlineMark mark, int word, int end)
    {
        bool hasWordBefore = word > 0 && _words.EndOf(word - 1) >= _written;
        int behindLast = hasWordBefore ? _words.EndOf(word - 1) : _written;
        int beforeNext = word < _words.Count ? _words.StartOf(word) : text.Length;
        bool atNext = word < end && (!hasWordBefore || (mark.HasSpaceBefore && !mark.HasSpaceBehind));
        TextUpTo(Math.Max(_written, atNext ? beforeNext : behindLast));
        if (!atNext && mark.HasSpaceBefore && NeedsSpace())
            _output.Append(' ');
        _output.Append(Source(mark.Opening));
        if (mark.Kind == MarkKind.Pair)
        {
            foreach (InlineMark child in mark.Children)
                WriteEmpty(child, word, end);
            _output.Append(Source(mark.Closing));
        }

        if (atNext && mark.Kind == MarkKind.Protected && word < _words.Count)
            _output.Append(' ');
    }

    /// <summary>Chinese and kana have no spaces between words.</summary>
    private bool NeedsSpace() => _output.Length > 0 && !char.IsWhiteSpace(_output[^1]) && _output[^1] is < '\u3000' or (>= '\uAC00' and <= '\uD7A3');

    private void TextUpTo(int place)
    {
        if (place <= _written)
            return;
        _output.Append(unit.Escape(text[_written..place], _output.Length == 0));
        _written = place;
    }

    private string Source(MarkSource source) => source.Text ?? raw(source.Start, source.End);
}
