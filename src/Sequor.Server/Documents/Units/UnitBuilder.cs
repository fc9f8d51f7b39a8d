using System.Text;

namespace Sequor.Server.Documents.Units;

/// <summary>
/// Gathers text and marks into units. White space within a unit becomes one space, as it is shown; what stands before the first word of a unit and behind its
/// last stays as it is written.
/// </summary>
/// <param name="source">The document.</param>
/// <param name="escape">Makes text into markup.</param>
internal sealed class UnitBuilder(string source, TextEscape escape)
{
    /// <summary>More marks in one unit are no text any more, and would be slow to place.</summary>
    private const int MostMarks = 200;

    private readonly List<DocumentUnit> _units = [];

    private readonly StringBuilder _text = new();

    private readonly List<InlineMark> _roots = [];

    private readonly List<InlineMark> _open = [];

    private int _start = -1;

    private int _end;

    private int _marks;

    private bool _spaceBefore;

    /// <summary>The units so far.</summary>
    public IReadOnlyList<DocumentUnit> Units => _units;

    /// <summary>Adds text.</summary>
    /// <param name="text">What it says, references resolved.</param>
    /// <param name="start">Where it stands in the document.</param>
    /// <param name="end">The place behind it.</param>
    public void Text(string text, int start, int end)
    {
        int joined = JoinProtected(text, start);
        Reach(start, end);
        int from = _text.Length;
        foreach (char unit in text.AsSpan(joined))
        {
            // A no-break space is no white space here: it is shown, and it is kept.
            if (unit is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _spaceBefore = true;
                continue;
            }

            AddSpace();
            _text.Append(unit);
        }

        string added = _text.ToString(from, _text.Length - from);
        foreach (InlineMark mark in WebAddresses.MarksIn(added, from, escape))
            Add(mark);
    }

    /// <summary>Adds a mark that opens; text up to <see cref="Close"/> is within it.</summary>
    /// <param name="name">What its closing is called.</param>
    /// <param name="start">Where it stands.</param>
    /// <param name="end">The place behind it.</param>
    public void Open(string name, int start, int end)
    {
        if (_marks > 2 * MostMarks)
            Flush();
        Reach(start, end);
        InlineMark mark = new(MarkKind.Pair, _text.Length, new MarkSource(start, end)) { Name = name, HasSpaceBefore = _spaceBefore };
        Add(mark);
        _open.Add(mark);
    }

    /// <summary>Closes the mark of a name that was opened last; without one, the closing stands alone.</summary>
    /// <param name="name">The name.</param>
    /// <param name="closing">How it closes.</param>
    public void Close(string name, MarkSource closing)
    {
        int depth = _open.FindLastIndex(mark => mark.Name == name);
        if (depth < 0)
        {
            Single(closing.Start, closing.End);
            return;
        }

        Reach(closing.Start, closing.End);
        for (int i = _open.Count - 1; i > depth; i--)
            Dissolve(_open[i]);
        InlineMark mark = _open[depth];
        mark.End = _text.Length;
        mark.Closing = closing;
        mark.HasSpaceBehind = _spaceBefore;
        _open.RemoveRange(depth, _open.Count - depth);
        FlushMany();
    }

    /// <summary>Adds a mark without text.</summary>
    /// <param name="start">Where it stands.</param>
    /// <param name="end">The place behind it.</param>
    public void Single(int start, int end)
    {
        Reach(start, end);
        Add(new InlineMark(MarkKind.Single, _text.Length, new MarkSource(start, end))
        {
            HasSpaceBefore = _spaceBefore,
            HasSpaceBehind = end < source.Length && char.IsWhiteSpace(source[end]),
        });
        FlushMany();
    }

    /// <summary>Adds a mark whose text is not translated, but is read for the sentence around it.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="start">Where it stands.</param>
    /// <param name="end">The place behind it.</param>
    public void Protected(string text, int start, int end)
    {
        string words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        bool isJoined = !_spaceBefore && _text.Length > 0 && char.IsLetterOrDigit(_text[^1]) && words.Length > 0 && char.IsLetterOrDigit(words[0]);
        if (words.Length == 0 || isJoined)
        {
            Single(start, end);
            return;
        }

        Reach(start, end);
        AddSpace();
        InlineMark mark = new(MarkKind.Protected, _text.Length, new MarkSource(start, end)) { HasSpaceBefore = true, HasSpaceBehind = true };
        _text.Append(words);
        mark.End = _text.Length;
        Add(mark);
        FlushMany();
    }

    /// <summary>Ends the unit.</summary>
    public void Flush()
    {
        for (int i = _open.Count - 1; i >= 0; i--)
            Dissolve(_open[i]);
        List<InlineMark> marks = [.. _roots];
        UnitTrim trim = new(source, _text.ToString(), marks, _start, _end);
        if (_start >= 0 && trim.HasText)
            _units.Add(new DocumentUnit(trim.Start, trim.End, trim.Text, marks, escape));
        _text.Clear();
        _roots.Clear();
        _open.Clear();
        (_start, _marks, _spaceBefore) = (-1, 0, false);
    }

    /// <summary>Adds a unit that lies within the mark that comes next.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">The place behind it.</param>
    /// <param name="text">What it says.</param>
    /// <param name="attributeEscape">Makes its translation into markup.</param>
    public void Attribute(int start, int end, string text, TextEscape attributeEscape)
    {
        if (text.AsSpan().ContainsAnyLetter())
            _units.Add(new DocumentUnit(start, end, text, [], attributeEscape) { IsAttribute = true });
    }

    /// <summary>Letters close behind code, as in <c>&lt;code&gt;int&lt;/code&gt;s</c>, make one word with it, and stay with it; gives how many they are.</summary>
    private int JoinProtected(string text, int start)
    {
        if (_spaceBefore || Siblings() is not [.., { Kind: MarkKind.Protected, Opening.Text: null } last] || last.End != _text.Length || last.Opening.End != start)
            return 0;
        int letters = 0;
        while (letters < text.Length && char.IsLetterOrDigit(text[letters]) && start + letters < source.Length && source[start + letters] == text[letters])
            letters++;
        _text.Append(text, 0, letters);
        last.End = _text.Length;
        last.Opening = last.Opening with { End = start + letters };
        return letters;
    }

    private void Add(InlineMark mark)
    {
        Siblings().Add(mark);
        _marks++;
    }

    /// <summary>Ends the unit where it has too many marks, behind those that are open if they close soon.</summary>
    private void FlushMany()
    {
        if (_marks > MostMarks && (_open.Count == 0 || _marks > 2 * MostMarks))
            Flush();
    }

    private List<InlineMark> Siblings() => _open.Count > 0 ? _open[^1].Children : _roots;

    private void Reach(int start, int end)
    {
        _start = _start < 0 ? start : _start;
        _end = end;
    }

    private void AddSpace()
    {
        if (_spaceBefore && _text.Length > 0)
            _text.Append(' ');
        _spaceBefore = false;
        MoveOpenMarks();
    }

    /// <summary>A mark that opens before a space encloses the word behind it, not the space.</summary>
    private void MoveOpenMarks()
    {
        for (int i = _open.Count - 1; i >= 0 && _open[i].Start == _text.Length - 1 && _text[^1] == ' '; i--)
            _open[i].Start = _text.Length;
    }

    /// <summary>A mark that never closes stands alone, and what was in it goes on around it.</summary>
    private void Dissolve(InlineMark mark)
    {
        int depth = _open.IndexOf(mark);
        List<InlineMark> siblings = depth > 0 ? _open[depth - 1].Children : _roots;
        mark.Kind = MarkKind.Single;
        mark.HasSpaceBehind = mark.Opening.End < source.Length && char.IsWhiteSpace(source[mark.Opening.End]);
        siblings.InsertRange(siblings.IndexOf(mark) + 1, mark.Children);
        mark.Children.Clear();
        mark.End = mark.Start;
    }
}
