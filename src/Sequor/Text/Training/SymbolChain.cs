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
    private readonly long[] _segmentCount;

    public SymbolChain(IReadOnlyList<CountedText> segments, Func<int, int> symbolOfCharacter)
    {
        int length = segments.Sum(segment => CodePoints.Count(segment.Text));
        _symbol = new int[length];
        _next = new int[length];
        _previous = new int[length];
        _segment = new int[length];
        _segmentCount = new long[segments.Count];

        int place = 0;
        for (int index = 0; index < segments.Count; index++)
        {
            _segmentCount[index] = segments[index].Count;
            int[] codePoints = CodePoints.Of(segments[index].Text);
            for (int i = 0; i < codePoints.Length; i++, place++)
            {
                _symbol[place] = symbolOfCharacter(codePoints[i]);
                _segment[place] = index;
                _previous[place] = i == 0 ? None : place - 1;
                _next[place] = i == codePoints.Length - 1 ? None : place + 1;
            }
        }
    }

    public int Length => _symbol.Length;

    public int SymbolAt(int place) => _symbol[place];

    public int NextOf(int place) => _next[place];

    public int PreviousOf(int place) => _previous[place];

    /// <summary>How often the corpus holds the segment around a place.</summary>
    public long CountAt(int place) => _segmentCount[_segment[place]];

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
