namespace Sequor.Text.Segmentation;

/// <summary>
/// The best segmentations one after the other: A* from the end of the text, with the exact score of the best way to the
/// beginning as estimate (Nagata 1994). Equal scores come out as from SentencePiece, whose heap this one follows.
/// </summary>
internal sealed class BestPathsSearch
{
    /// <summary>When more than this many partial ways wait, only the best go on; a long text has too many.</summary>
    private const int MaximumWaiting = 100_000;

    private const int KeptWaiting = 512;

    /// <summary>The place of a way that is whole.</summary>
    private const int BeforeBeginning = -1;

    private readonly Lattice _lattice;
    private readonly List<Partial> _made = [];
    private List<int> _heap = [];

    private BestPathsSearch(Lattice lattice) => _lattice = lattice;

    /// <summary>The best ways through a lattice, best first.</summary>
    /// <param name="lattice">All pieces of the text.</param>
    /// <param name="count">How many are wanted; there may be fewer.</param>
    public static List<List<PieceSpan>> Find(Lattice lattice, int count)
    {
        var search = new BestPathsSearch(lattice);
        var found = new List<List<PieceSpan>>();
        search.Push(new Partial(Lattice.None, lattice.Length, -1, 0, 0));
        while (search._heap.Count > 0 && found.Count < count)
        {
            int top = search.Pop();
            if (search._made[top].Place == BeforeBeginning)
            {
                found.Add(search.Spans(search._made[top].Behind));
                continue;
            }

            search.Expand(top);
            if (search._heap.Count >= MaximumWaiting)
            {
                search.Shrink(Math.Min(KeptWaiting, count * 10));
            }
        }

        return found;
    }

    /// <summary>Goes one piece further back. A way that reached the beginning waits once more, by its score without estimate.</summary>
    private void Expand(int top)
    {
        Partial from = _made[top];
        if (from.Place == 0)
        {
            Push(new Partial(Lattice.None, BeforeBeginning, top, from.Score, from.Score));
            return;
        }

        for (int node = _lattice.FirstEnding(from.Place); node != Lattice.None; node = _lattice.NextEnding(node))
        {
            LatticeNode piece = _lattice[node];
            Push(new Partial(node, piece.Start, top, piece.BestScore + from.Score, piece.Score + from.Score));
        }
    }

    private List<PieceSpan> Spans(int partial)
    {
        var spans = new List<PieceSpan>();
        for (int at = partial; _made[at].Node != Lattice.None; at = _made[at].Behind)
        {
            spans.Add(_lattice[_made[at].Node].Span);
        }

        return spans;
    }

    private void Shrink(int count)
    {
        var best = new List<int>(count);
        for (int i = 0; i < count; i++)
        {
            best.Add(Pop());
        }

        _heap = [];
        foreach (int partial in best)
        {
            PushMade(partial);
        }
    }

    private void Push(Partial partial)
    {
        _made.Add(partial);
        PushMade(_made.Count - 1);
    }

    private void PushMade(int partial)
    {
        _heap.Add(partial);
        SiftUp(_heap.Count - 1, partial);
    }

    private void SiftUp(int place, int partial)
    {
        while (place > 0 && _made[_heap[(place - 1) / 2]].Estimate < _made[partial].Estimate)
        {
            _heap[place] = _heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _heap[place] = partial;
    }

    /// <summary>Takes the best: the gap goes down to a leaf first, then the last one climbs from there, as in libstdc++.</summary>
    private int Pop()
    {
        int top = _heap[0];
        int last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (_heap.Count == 0)
        {
            return top;
        }

        int place = 0;
        for (int child = 1; child < _heap.Count; child = (2 * place) + 1)
        {
            bool right = child + 1 < _heap.Count && !(_made[_heap[child + 1]].Estimate < _made[_heap[child]].Estimate);
            child += right ? 1 : 0;
            _heap[place] = _heap[child];
            place = child;
        }

        SiftUp(place, last);
        return top;
    }

    /// <summary>A way from some place to the end of the text.</summary>
    /// <param name="Node">Its first piece, <see cref="Lattice.None"/> for the empty way.</param>
    /// <param name="Place">Where it begins.</param>
    /// <param name="Behind">The way without its first piece.</param>
    /// <param name="Estimate">The best score that a whole segmentation ending so can have.</param>
    /// <param name="Score">Its own score.</param>
    private readonly record struct Partial(int Node, int Place, int Behind, float Estimate, float Score);
}
