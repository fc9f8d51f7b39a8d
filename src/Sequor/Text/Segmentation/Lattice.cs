namespace Sequor.Text.Segmentation;

/// <summary>A piece at a place in the text.</summary>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Id">Its id.</param>
/// <param name="Score">Its score.</param>
/// <param name="BestScore">The score of the best way from the beginning to its end.</param>
internal readonly record struct LatticeNode(int Start, int Length, int Id, float Score, float BestScore)
{
    /// <summary>Where it ends, in bytes.</summary>
    public int End => Start + Length;

    /// <summary>The node as a piece.</summary>
    public PieceSpan Span => new(Start, Length, Id);
}

/// <summary>All pieces at all places of a text: every way through is a segmentation.</summary>
internal sealed class Lattice
{
    /// <summary>No node; ends the list of those that end at a place.</summary>
    public const int None = -1;

    private readonly List<LatticeNode> _nodes = [];
    private readonly List<int> _nextEnding = [];
    private readonly int[] _firstEnding;
    private readonly int[] _lastEnding;
    private readonly float[] _best;

    /// <summary>A lattice without pieces over a text of this many bytes.</summary>
    public Lattice(int length)
    {
        Length = length;
        _firstEnding = new int[length + 1];
        _lastEnding = new int[length + 1];
        _best = new float[length + 1];
        Array.Fill(_firstEnding, None);
        Array.Fill(_lastEnding, None);
        Array.Fill(_best, float.NegativeInfinity);
        _best[0] = 0;
    }

    /// <summary>The text's length in bytes.</summary>
    public int Length { get; }

    /// <summary>A node by its number.</summary>
    public LatticeNode this[int node] => _nodes[node];

    /// <summary>The first node that ends at a place, in the order in which they were added, or <see cref="None"/>.</summary>
    public int FirstEnding(int place) => _firstEnding[place];

    /// <summary>The node that ends at the same place and was added next, or <see cref="None"/>.</summary>
    public int NextEnding(int node) => _nextEnding[node];

    /// <summary>Adds a piece; pieces must come by rising start, so that what leads to a start is complete.</summary>
    public void Add(int start, int length, int id, float score)
    {
        int number = _nodes.Count;
        float best = _best[start] + score;
        _nodes.Add(new LatticeNode(start, length, id, score, best));
        _nextEnding.Add(None);
        int end = start + length;
        if (_firstEnding[end] == None)
        {
            _firstEnding[end] = number;
        }
        else
        {
            _nextEnding[_lastEnding[end]] = number;
        }

        _lastEnding[end] = number;
        _best[end] = Math.Max(_best[end], best);
    }
}
