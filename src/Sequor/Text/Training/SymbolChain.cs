namespace Sequor.Text.Training;

/// <summary>All segments end to end as linked symbols, so that a merge touches its neighbours only.</summary>
internal sealed class SymbolChain
{
    /// <summary>Stands for "no symbol here" and "no neighbour on this side".</summary>
    public const int None = -1;

    private readonly int[] _symbol;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _segment;
    private readonly SegmentedText _text;

    public SymbolChain(SegmentedText text, Func<int, int> symbolOfCharacter)
    {
        _text = text;
        _symbol = new int[text.Length];
        _next = new int[text.Length];
        _previous = new int[text.Length];
        _segment = new int[text.Length];
        for (int segment = 0; segment < text.Segments; segment++)
        {
            int start = text.StartOf(segment);
            int end = text.EndOf(segment);
            for (int place = start; place < end; place++)
            {
                _symbol[place] = symbolOfCharacter(text.All[place]);
                _segment[place] = segment;
                _previous[place] = place == start ? None : place - 1;
                _next[place] = place == end - 1 ? None : place + 1;
            }
        }
    }

    public int Length => _symbol.Length;

    public int SymbolAt(int place) => _symbol[place];

    public int NextOf(int place) => _next[place];

    public int PreviousOf(int place) => _previous[place];

    /// <summary>How often the corpus holds the segment around a place.</summary>
    public long CountAt(int place) => _text.CountOf(_segment[place]);

    /// <summary>Says whether the two symbols stand at this place and right after it.</summary>
    public bool Holds(int place, int left, int right) =>
        _symbol[place] == left && _next[place] != None && _symbol[_next[place]] == right;

    /// <summary>Puts one symbol in the place of itself and its right neighbour.</summary>
    public void Merge(int place, int merged)
    {
        int gone = _next[place];
        int after = _next[gone];
        _symbol[place] = merged;
        _symbol[gone] = None;
        _next[place] = after;
        if (after != None)
            _previous[after] = place;
    }
}
