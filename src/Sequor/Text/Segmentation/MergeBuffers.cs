namespace Sequor.Text.Segmentation;

/// <summary>A run of characters that byte-pair merging treats as one; linked to its neighbours.</summary>
internal struct Symbol
{
    /// <summary>Where it begins in the text, in bytes.</summary>
    public int Start;

    /// <summary>How many bytes it has; 0 once it went into its left neighbour.</summary>
    public int Length;

    /// <summary>The symbol before, -1 at the beginning.</summary>
    public int Previous;

    /// <summary>The symbol behind, -1 at the end.</summary>
    public int Next;

    /// <summary>The piece of text with these bytes, -1 when there is none.</summary>
    public int Id;

    /// <summary>A user-defined symbol, which never merges.</summary>
    public bool Frozen;
}

/// <summary>Two neighbours that together spell a piece.</summary>
/// <param name="Score">The piece's score; the highest merges first.</param>
/// <param name="Left">The left symbol; among equal scores the leftmost merges first.</param>
/// <param name="Right">The right symbol.</param>
/// <param name="Length">The bytes of both; a different sum later means that one of them has changed.</param>
/// <param name="Id">The piece.</param>
internal readonly record struct MergeCandidate(float Score, int Left, int Right, int Length, int Id)
{
    /// <summary>Whether this one merges before the other.</summary>
    public bool Precedes(in MergeCandidate other) => Score > other.Score || (Score == other.Score && Left < other.Left);
}

/// <summary>The symbols and the waiting merges of one text; a binary heap with the next merge on top.</summary>
internal sealed class MergeBuffers
{
    private MergeCandidate[] _heap = new MergeCandidate[64];
    private Symbol[] _symbols = new Symbol[64];

    /// <summary>How many merges wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>How many symbols the text began with.</summary>
    public int SymbolCount { get; private set; }

    /// <summary>The symbols.</summary>
    public Span<Symbol> Symbols => _symbols.AsSpan(0, SymbolCount);

    /// <summary>How merged pieces that are not to be emitted came about: piece → bytes of its left part.</summary>
    public Dictionary<int, MergeParts> Parts { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Waiting = 0;
        SymbolCount = 0;
        Parts.Clear();
    }

    /// <summary>Appends a symbol and links it to the one before.</summary>
    public void AddSymbol(int start, int length, int id, bool frozen)
    {
        if (SymbolCount == _symbols.Length)
        {
            Array.Resize(ref _symbols, _symbols.Length * 2);
        }

        int index = SymbolCount++;
        _symbols[index] = new Symbol { Start = start, Length = length, Previous = index - 1, Next = -1, Id = id, Frozen = frozen };
        if (index > 0)
        {
            _symbols[index - 1].Next = index;
        }
    }

    /// <summary>Adds a merge to those that wait.</summary>
    public void Push(in MergeCandidate candidate)
    {
        if (Waiting == _heap.Length)
        {
            Array.Resize(ref _heap, _heap.Length * 2);
        }

        int place = Waiting++;
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (!candidate.Precedes(_heap[parent]))
            {
                break;
            }

            _heap[place] = _heap[parent];
            place = parent;
        }

        _heap[place] = candidate;
    }

    /// <summary>Takes the next merge.</summary>
    public MergeCandidate Pop()
    {
        MergeCandidate top = _heap[0];
        MergeCandidate last = _heap[--Waiting];
        int place = 0;
        for (int child = 1; child < Waiting; child = (2 * place) + 1)
        {
            child += child + 1 < Waiting && _heap[child + 1].Precedes(_heap[child]) ? 1 : 0;
            if (!_heap[child].Precedes(last))
            {
                break;
            }

            _heap[place] = _heap[child];
            place = child;
        }

        _heap[place] = last;
        return top;
    }
}

/// <summary>The two pieces that an unused one was merged from.</summary>
/// <param name="LeftId">The left piece, -1 when its text is no piece.</param>
/// <param name="LeftLength">The bytes of the left one.</param>
/// <param name="RightId">The right piece, -1 when its text is no piece.</param>
internal readonly record struct MergeParts(int LeftId, int LeftLength, int RightId);
